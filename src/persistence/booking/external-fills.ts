import type { Side } from '../../domain/order.js';
import { FillEntity } from '../entities/fill.entity.js';
import type { LedgerTransaction } from '../ledger-view.js';
import { unbooked, type NewFill } from './book-fills.js';
import type { MarketKey } from './derived-rows.js';

/** An execution on the account that is none of ours, e.g. by hand. */
export interface ExternalFill extends NewFill, MarketKey {
  readonly side: Side;
}

/** Kept for the record and for the next look at the account; in no position, no result. */
export async function bookedAsExternal(transaction: LedgerTransaction, fills: readonly ExternalFill[], nowMs: number): Promise<number> {
  let added = 0;
  for (const { botId, mode, exchange, symbol, side, ...fill } of fills) {
    const fresh = await unbooked(transaction, { id: null, botId, mode, exchange, symbol, side, strategy: '' }, [fill], nowMs);
    for (const row of fresh) await transaction.insert(FillEntity, row);
    added += fresh.length;
  }
  return added;
}
