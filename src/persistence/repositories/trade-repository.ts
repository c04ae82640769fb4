import { plus, ZERO, type DecimalText } from '../../domain/decimal.js';
import { FLAT, holdingOf, unrealised, type Fees, type Position } from '../../domain/ledger.js';
import { positionOf, type MarketKey } from '../booking/derived-rows.js';
import { DailyPnlEntity } from '../entities/daily-pnl.entity.js';
import { PositionEntity } from '../entities/position.entity.js';
import { TradeEntity } from '../entities/trade.entity.js';
import type { ReadableLedger } from '../ledger-database.js';
import { narrow, paged, type LedgerFilter, type Page } from './page.js';

export interface TradeFilter extends LedgerFilter {
  readonly open?: boolean;
}

/** How results are put together. */
export type PnlGroup = 'day' | 'month' | 'strategy' | 'symbol' | 'total';

/** What was won in one quote currency, in one mode, in one group. */
export interface PnlRow {
  readonly mode: 'paper' | 'live';
  readonly quoteAsset: string;
  /** `2024-01-31`, `2024-01`, a strategy, a symbol; `total`. */
  readonly group: string;
  readonly realised: DecimalText;
  /** As they were taken, by asset; those in base and quote currency are in `realised` already. */
  readonly fees: Fees;
  readonly fills: number;
}

export interface HeldPosition extends MarketKey, Position {
  readonly baseAsset: string;
  readonly quoteAsset: string;
  readonly holding: 'flat' | 'dust' | 'open';
  /** Price that it is valued at: the close of the last candle decided on, or the last fill where there is none. */
  readonly price: DecimalText;
  readonly priceAt: 'candle' | 'fill';
  readonly unrealised: DecimalText;
}

/** What is held on one market, and whether it is worth selling. */
export type Holding = Pick<HeldPosition, 'exchange' | 'symbol' | 'baseAsset' | 'quantity' | 'holding'>;

/** Questions about round trips, positions and results. They are derived from fills, so nothing here writes. */
export class TradeRepository {
  constructor(private readonly ledger: ReadableLedger) {}

  /** Round trips by the time they were opened. A side has no meaning here: every one has both. */
  async list({ open, ...filter }: TradeFilter, page: Page): Promise<TradeEntity[]> {
    return this.ledger.read((view) =>
      view.find(TradeEntity, (query) => {
        narrow(query, filter, 'openedAt', { side: false, strategy: true });
        if (open !== undefined) query.andWhere(open ? 'row.closedAt IS NULL' : 'row.closedAt IS NOT NULL');
        return paged(query, 'openedAt', page);
      }),
    );
  }

  /** What own fills on a market add up to; costs the same after a million of them. */
  async position(key: MarketKey): Promise<Position & { readonly holding: 'flat' | 'dust' | 'open' }> {
    const [row] = await this.ledger.read((view) => view.select(PositionEntity, 'row.botId = :botId AND row.mode = :mode AND row.exchange = :exchange AND row.symbol = :symbol', key));
    return row === undefined ? { ...FLAT, holding: 'flat' } : { ...positionOf(row), holding: holdingOf(row.quantity, row.lotStep) };
  }

  /** What a bot holds, market by market, without a price. */
  async holdings({ botId, mode }: Pick<MarketKey, 'botId' | 'mode'>): Promise<Holding[]> {
    const rows = await this.ledger.read((view) => view.select(PositionEntity, 'row.botId = :botId AND row.mode = :mode ORDER BY row.symbol, row.exchange', { botId, mode }));
    return rows.map(({ exchange, symbol, baseAsset, quantity, lotStep }) => ({ exchange, symbol, baseAsset, quantity, holding: holdingOf(quantity, lotStep) }));
  }

  /** The round trip that has begun on a symbol and not ended, the newest where there are several. */
  async openTrip({ botId, mode, symbol }: Pick<MarketKey, 'botId' | 'mode' | 'symbol'>): Promise<TradeEntity | null> {
    const where = 'row.botId = :botId AND row.mode = :mode AND row.symbol = :symbol AND row.closedAt IS NULL ORDER BY row.openedAt DESC, row.id DESC LIMIT 1';
    const [row] = await this.ledger.read((view) => view.select(TradeEntity, where, { botId, mode, symbol }));
    return row ?? null;
  }

  /** Every market that was ever traded, valued at the newest price that the ledger knows. */
  async positions({ botId, mode, symbol }: Pick<LedgerFilter, 'botId' | 'mode' | 'symbol'>): Promise<HeldPosition[]> {
    return this.ledger.read(async (view) => {
      const conditions = [...(botId === undefined ? [] : ['row.botId = :botId']), ...(mode === undefined ? [] : ['row.mode = :mode']), ...(symbol === undefined ? [] : ['row.symbol = :symbol']), 'TRUE'];
      const rows = await view.select(PositionEntity, `${conditions.join(' AND ')} ORDER BY row.mode, row.symbol, row.botId, row.exchange`, { botId, mode, symbol });
      const held: HeldPosition[] = [];
      for (const row of rows) {
        const [candle] = await view.rows<{ close: string }>(
          `SELECT json_extract(candle, '$.close') AS close FROM signals WHERE symbol = ? AND bot_id = ? AND mode = ? ORDER BY candle_open_time DESC LIMIT 1`,
          [row.symbol, row.botId, row.mode],
        );
        const price = candle?.close ?? row.lastPrice;
        const { botId, mode, exchange, symbol, baseAsset, quoteAsset } = row;
        const position = positionOf(row);
        held.push({ botId, mode, exchange, symbol, baseAsset, quoteAsset, ...position, holding: holdingOf(row.quantity, row.lotStep), price, priceAt: candle === undefined ? 'fill' : 'candle', unrealised: unrealised(position, price) });
      }
      return held;
    });
  }

  /** Realised results, exact sums of what the fills of each UTC day realised. Currencies and modes are never added together. */
  async pnl(filter: LedgerFilter, group: PnlGroup): Promise<PnlRow[]> {
    const days = await this.ledger.read((view) => view.find(DailyPnlEntity, (query) => narrow(query, filter, 'day', { side: false, strategy: true }).orderBy('row.day')));
    const groups = new Map<string, PnlRow>();
    for (const day of days) {
      const name = groupOf(day, group);
      const key = JSON.stringify([day.mode, day.quoteAsset, name]);
      const known = groups.get(key) ?? { mode: day.mode, quoteAsset: day.quoteAsset, group: name, realised: ZERO, fees: {}, fills: 0 };
      groups.set(key, { ...known, realised: plus(known.realised, day.realised), fees: addedFees(known.fees, day.fees), fills: known.fills + day.fillCount });
    }
    return [...groups.values()].sort((a, b) => order(a.mode, b.mode) || order(a.quoteAsset, b.quoteAsset) || order(a.group, b.group));
  }
}

function groupOf({ day, strategy, symbol }: DailyPnlEntity, group: PnlGroup): string {
  const date = new Date(day).toISOString();
  return { day: date.slice(0, 10), month: date.slice(0, 7), strategy, symbol, total: 'total' }[group];
}

function addedFees(fees: Fees, more: Fees): Fees {
  const added: Record<string, DecimalText> = { ...fees };
  for (const [asset, amount] of Object.entries(more)) added[asset] = plus(added[asset] ?? ZERO, amount);
  return added;
}

function order(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
