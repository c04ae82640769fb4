import { plus, times, toDecimal, ZERO, type DecimalText } from '../../domain/decimal.js';
import { LedgerError } from '../../domain/errors.js';
import { DailyPnlEntity } from '../entities/daily-pnl.entity.js';
import { FillEntity } from '../entities/fill.entity.js';
import type { OrderEntity } from '../entities/order.entity.js';
import { PositionEntity } from '../entities/position.entity.js';
import { TradeEntity } from '../entities/trade.entity.js';
import type { LedgerTransaction, LedgerView } from '../ledger-view.js';
import { dayOf, DerivedRows, type MarketKey } from './derived-rows.js';

const IDS_PER_QUERY = 500;

/** An execution as the exchange reported it, in any spelling of the numbers. */
export interface NewFill {
  readonly tradeId: string;
  readonly price: string;
  readonly quantity: string;
  readonly commission: string;
  readonly commissionAsset: string;
  /** UTC ms. */
  readonly executedAt: number;
}

/** What a fill has of the order that it belongs to. */
export type FillOwner = Pick<OrderEntity, 'botId' | 'mode' | 'exchange' | 'symbol' | 'strategy' | 'side'> & { readonly id: string | null };

/** Totals of some fills, for the order's own row. */
export interface Executed {
  readonly quantity: DecimalText;
  readonly quote: DecimalText;
}

export function executedBy(fills: readonly FillEntity[], before: Executed = { quantity: ZERO, quote: ZERO }): Executed {
  return fills.reduce(({ quantity, quote }, fill) => ({ quantity: plus(quantity, fill.quantity), quote: plus(quote, times(fill.price, fill.quantity)) }), before);
}

/**
 * Those of the fills that the ledger does not hold yet, in the order they came. Booking the same execution twice changes nothing.
 *
 * @throws LedgerError LEDGER.CONFLICT when the same trade id was booked with other numbers or for another order: then one of the two
 *   reports is wrong, and nobody here can know which
 */
export async function unbooked(view: LedgerView, owner: FillOwner, reported: readonly NewFill[], bookedAt: number): Promise<FillEntity[]> {
  const known = await bookedFills(view, owner, reported);
  const fresh: FillEntity[] = [];
  for (const fill of reported) {
    const row = rowOf(owner, fill, bookedAt);
    const booked = known.get(row.tradeId);
    if (booked !== undefined) {
      refuseDifference(booked, row);
      continue;
    }
    known.set(row.tradeId, row);
    fresh.push(row);
  }
  return fresh;
}

/** Writes new fills of one order, and everything that follows from them. The order's own row is up to the caller, and comes first. */
export async function bookFills(transaction: LedgerTransaction, order: OrderEntity, fills: readonly FillEntity[]): Promise<void> {
  if (fills.length === 0) return;
  const derived = await loadDerived(transaction, order);
  const market = { base: order.baseAsset, quote: order.quoteAsset, lotStep: order.lotStep };
  for (const fill of fills) {
    const id = await transaction.insert(FillEntity, fill);
    const booked = { ...fill, id };
    if (!derived.knowsDay(booked)) await loadDay(transaction, derived, booked);
    derived.advance(booked, market, order.reason);
  }
  await writeDerived(transaction, derived);
}

/** Everything that was advanced, into its tables. */
export async function writeDerived(transaction: LedgerTransaction, derived: DerivedRows): Promise<void> {
  if (derived.position !== null) await transaction.upsert(PositionEntity, derived.position);
  for (const trade of [...derived.closed, ...(derived.trade === null ? [] : [derived.trade])]) await writeTrade(transaction, trade);
  for (const day of derived.days.values()) await transaction.upsert(DailyPnlEntity, day);
}

/** Those of the reported trades that are in the ledger, by trade id. */
async function bookedFills(view: LedgerView, { exchange, mode, symbol }: FillOwner, reported: readonly NewFill[]): Promise<Map<string, FillEntity>> {
  const booked = new Map<string, FillEntity>();
  for (let from = 0; from < reported.length; from += IDS_PER_QUERY) {
    const tradeIds = reported.slice(from, from + IDS_PER_QUERY).map(({ tradeId }) => tradeId);
    const where = 'row.exchange = :exchange AND row.mode = :mode AND row.symbol = :symbol AND row.tradeId IN (:...tradeIds)';
    for (const row of await view.select(FillEntity, where, { exchange, mode, symbol, tradeIds })) booked.set(row.tradeId, row);
  }
  return booked;
}

function rowOf(owner: FillOwner, fill: NewFill, bookedAt: number): FillEntity {
  const { botId, mode, exchange, symbol, strategy, side, id: orderId } = owner;
  return {
    // Given by the database.
    id: 0,
    orderId,
    origin: orderId === null ? 'external' : 'own',
    botId,
    mode,
    exchange,
    symbol,
    strategy,
    side,
    tradeId: fill.tradeId,
    price: toDecimal(fill.price),
    quantity: toDecimal(fill.quantity),
    commission: toDecimal(fill.commission),
    commissionAsset: fill.commissionAsset,
    executedAt: fill.executedAt,
    bookedAt,
  };
}

const FACTS = ['orderId', 'side', 'price', 'quantity', 'commission', 'commissionAsset', 'executedAt'] as const;

/** The reply to an order stamps its executions by the order, the list of trades by the trade: the same moment, told from two places. */
const SAME_MOMENT_MS = 1000;

function refuseDifference(known: FillEntity, reported: FillEntity): void {
  const sameMoment = Math.abs(known.executedAt - reported.executedAt) <= SAME_MOMENT_MS;
  const different = FACTS.filter((fact) => known[fact] !== reported[fact] && !(fact === 'executedAt' && sameMoment));
  if (different.length === 0) return;
  const list = different.map((fact) => `${fact} ${String(known[fact])} and now ${String(reported[fact])}`).join(', ');
  throw new LedgerError('LEDGER.CONFLICT', `Trade ${reported.tradeId} of ${reported.symbol} was booked with ${list}`);
}

/** Where the fold of a market stands. */
export async function loadDerived(view: LedgerView, key: MarketKey): Promise<DerivedRows> {
  const where = 'row.botId = :botId AND row.mode = :mode AND row.exchange = :exchange AND row.symbol = :symbol';
  const [position] = await view.select(PositionEntity, where, key);
  const [trade] = await view.select(TradeEntity, `${where} AND row.closedAt IS NULL`, key);
  return new DerivedRows(key, position ?? null, trade ?? null);
}

async function loadDay(view: LedgerView, derived: DerivedRows, fill: FillEntity): Promise<void> {
  const where = 'row.botId = :botId AND row.mode = :mode AND row.exchange = :exchange AND row.symbol = :symbol AND row.strategy = :strategy AND row.day = :day';
  const [row] = await view.select(DailyPnlEntity, where, { ...derived.key, strategy: fill.strategy, day: dayOf(fill.executedAt) });
  if (row !== undefined) derived.knowDay(row);
}

async function writeTrade(transaction: LedgerTransaction, trade: TradeEntity | DerivedRows['trade']): Promise<void> {
  if (trade === null) return;
  if (trade.id === undefined) {
    await transaction.insert(TradeEntity, trade);
    return;
  }
  await transaction.change('UPDATE trades SET closed_at = ?, bought = ?, sold = ?, entry_value = ?, exit_value = ?, fees = ?, pnl = ?, exit_reason = ?, last_fill_id = ? WHERE id = ?', [
    trade.closedAt,
    trade.bought,
    trade.sold,
    trade.entryValue,
    trade.exitValue,
    JSON.stringify(trade.fees),
    trade.pnl,
    trade.exitReason,
    trade.lastFillId,
    trade.id,
  ]);
}
