import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';

import type { Side, TradingMode } from '../../domain/order.js';

/** What every list can be narrowed by; left out means all. */
export interface LedgerFilter {
  /** UTC ms; `from` is in, `to` is not. */
  readonly fromMs?: number;
  readonly toMs?: number;
  readonly botId?: string;
  readonly mode?: TradingMode;
  readonly symbol?: string;
  readonly side?: Side;
  readonly strategy?: string;
}

/** Which rows of a list, newest first. */
export interface Page {
  readonly limit: number;
  readonly offset: number;
}

/** Rows of one list go to whoever asks in pages of this many, so that a long one needs no more memory than a short one. */
export const STREAM_ROWS = 1000;

/** Conditions on the columns that an entity has. @param time the property that `fromMs` and `toMs` are about */
export function narrow<E extends ObjectLiteral>(query: SelectQueryBuilder<E>, filter: LedgerFilter, time: string, has: { readonly side: boolean; readonly strategy: boolean } = { side: true, strategy: true }): SelectQueryBuilder<E> {
  const { fromMs, toMs, botId, mode, symbol, side, strategy } = filter;
  if (fromMs !== undefined) query.andWhere(`row.${time} >= :fromMs`, { fromMs });
  if (toMs !== undefined) query.andWhere(`row.${time} < :toMs`, { toMs });
  if (botId !== undefined) query.andWhere('row.botId = :botId', { botId });
  if (mode !== undefined) query.andWhere('row.mode = :mode', { mode });
  if (symbol !== undefined) query.andWhere('row.symbol = :symbol', { symbol });
  if (side !== undefined && has.side) query.andWhere('row.side = :side', { side });
  if (strategy !== undefined && has.strategy) query.andWhere('row.strategy = :strategy', { strategy });
  return query;
}

/** Newest first, one page of it. */
export function paged<E extends ObjectLiteral>(query: SelectQueryBuilder<E>, time: string, { limit, offset }: Page): SelectQueryBuilder<E> {
  return query.orderBy(`row.${time}`, 'DESC').addOrderBy('row.id', 'DESC').limit(limit).offset(offset);
}
