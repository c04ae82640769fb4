import { takeOut } from '../../domain/adjustment.js';
import { ZERO, plus, type DecimalText } from '../../domain/decimal.js';
import { FLAT, applyFill, type Fees, type Market, type Position, type RoundTrip } from '../../domain/ledger.js';
import { DAY_MS } from '../../domain/timeframe.js';
import type { DailyPnlEntity } from '../entities/daily-pnl.entity.js';
import type { FillEntity } from '../entities/fill.entity.js';
import type { PositionEntity } from '../entities/position.entity.js';
import type { TradeEntity } from '../entities/trade.entity.js';

/** One market of one bot in one mode: what never shares a position with another. */
export interface MarketKey {
  readonly botId: string;
  readonly mode: 'paper' | 'live';
  readonly exchange: string;
  readonly symbol: string;
}

export function marketKeyText({ botId, mode, exchange, symbol }: MarketKey): string {
  return JSON.stringify([botId, mode, exchange, symbol]);
}

/** A round trip on its way into the database; without an id while it is new. */
export type TradeRow = Omit<TradeEntity, 'id'> & { id?: number };

/**
 * The rows that follow from the fills of one market: position, round trips, results by day. The booking of a fill advances them and
 * writes what changed; `db check` starts from nothing, folds everything, and must arrive at the same rows.
 */
export class DerivedRows {
  readonly closed: TradeRow[] = [];
  readonly days = new Map<string, DailyPnlEntity>();

  constructor(
    readonly key: MarketKey,
    public position: PositionEntity | null,
    public trade: TradeRow | null,
  ) {}

  /** @param exitReason of the fill's order */
  advance(fill: FillEntity, market: Market, exitReason: string): void {
    const before = this.position === null ? FLAT : positionOf(this.position);
    const { position, realised, trip } = applyFill(before, this.trade === null ? null : tripOf(this.trade), fill, market);
    this.position = {
      ...pickKey(this.key),
      baseAsset: market.base,
      quoteAsset: market.quote,
      lotStep: market.lotStep,
      ...position,
      fillCount: (this.position?.fillCount ?? 0) + 1,
      lastFillId: fill.id,
      lastPrice: fill.price,
    };
    this.trade = { ...(this.trade ?? this.newTrade(fill)), ...trip, exitReason: fill.side === 'sell' ? exitReason : (this.trade?.exitReason ?? null), lastFillId: fill.id };
    if (trip.closedAt !== null) {
      this.closed.push(this.trade);
      this.trade = null;
    }
    this.addToDay(fill, market, realised);
  }

  /**
   * Coins that left by hand. Nothing is realised, so no day changes.
   *
   * @param quantity above zero, at most what is held
   * @returns what they had cost; null where nothing was ever bought
   */
  takeOut(quantity: DecimalText, at: number, reason: string): DecimalText | null {
    if (this.position === null) return null;
    const { position, cost, trip } = takeOut(positionOf(this.position), this.trade === null ? null : tripOf(this.trade), quantity, at, this.position.lotStep);
    this.position = { ...this.position, ...position };
    if (this.trade !== null && trip !== null && trip.closedAt !== null) {
      this.closed.push({ ...this.trade, ...trip, exitReason: reason });
      this.trade = null;
    }
    return cost;
  }

  /** A day's row that is in the database already. */
  knowDay(row: DailyPnlEntity): void {
    this.days.set(dayKey(row.strategy, row.day), row);
  }

  knowsDay(fill: FillEntity): boolean {
    return this.days.has(dayKey(fill.strategy, dayOf(fill.executedAt)));
  }

  private newTrade(fill: FillEntity): TradeRow {
    return {
      ...pickKey(this.key),
      strategy: fill.strategy,
      openedAt: fill.executedAt,
      closedAt: null,
      bought: ZERO,
      sold: ZERO,
      entryValue: ZERO,
      exitValue: ZERO,
      fees: {},
      pnl: ZERO,
      exitReason: null,
      firstFillId: fill.id,
      lastFillId: fill.id,
    };
  }

  private addToDay(fill: FillEntity, market: Market, realised: DecimalText): void {
    const day = dayOf(fill.executedAt);
    const key = dayKey(fill.strategy, day);
    const known = this.days.get(key) ?? { ...pickKey(this.key), strategy: fill.strategy, day, quoteAsset: market.quote, realised: ZERO, fees: {}, fillCount: 0 };
    this.days.set(key, { ...known, realised: plus(known.realised, realised), fees: addFees(known.fees, fill), fillCount: known.fillCount + 1 });
  }
}

export function dayOf(timeMs: number): number {
  return Math.floor(timeMs / DAY_MS) * DAY_MS;
}

export function positionOf({ quantity, cost, realised, fees }: Position): Position {
  return { quantity, cost, realised, fees };
}

function tripOf({ openedAt, closedAt, bought, sold, entryValue, exitValue, fees, pnl }: TradeRow): RoundTrip {
  return { openedAt, closedAt, bought, sold, entryValue, exitValue, fees, pnl };
}

function addFees(fees: Fees, { commission, commissionAsset }: FillEntity): Fees {
  return commission === ZERO ? fees : { ...fees, [commissionAsset]: plus(fees[commissionAsset] ?? ZERO, commission) };
}

function dayKey(strategy: string, day: number): string {
  return `${day} ${strategy}`;
}

function pickKey({ botId, mode, exchange, symbol }: MarketKey): MarketKey {
  return { botId, mode, exchange, symbol };
}
