import { negated, plus, times, ZERO, type DecimalText } from '../domain/decimal.js';
import { DerivedRows, marketKeyText, type TradeRow } from './booking/derived-rows.js';
import { AdjustmentEntity } from './entities/adjustment.entity.js';
import { DailyPnlEntity } from './entities/daily-pnl.entity.js';
import type { FillEntity } from './entities/fill.entity.js';
import { PositionEntity } from './entities/position.entity.js';
import { TradeEntity } from './entities/trade.entity.js';
import type { LedgerView } from './ledger-view.js';
import { ownFills, type OwnFill } from './own-fills.js';

/** Most findings that are listed; a broken ledger has many. */
const MOST_FINDINGS = 50;

export interface CheckReport {
  readonly fills: number;
  readonly markets: number;
  /** Empty when everything is as it must be. */
  readonly findings: readonly string[];
}

/**
 * Reads the whole ledger and derives everything again from the fills: positions, round trips, daily results and the totals of orders
 * must be exactly what is stored. SQLite's own check of pages, indexes and references comes first.
 */
export async function checkLedger(view: LedgerView): Promise<CheckReport> {
  const findings = [...(await damage(view)), ...(await stateFindings(view))];
  const folded = new Map<string, DerivedRows>();
  // Written by people, one at a time: few enough to be held at once.
  const adjustments = await view.find(AdjustmentEntity, (query) => query.orderBy('row.id'));
  let fills = 0;
  for await (const fill of ownFills(view)) {
    fills++;
    const key = marketKeyText(fill);
    const derived = folded.get(key) ?? new DerivedRows({ botId: fill.botId, mode: fill.mode, exchange: fill.exchange, symbol: fill.symbol }, null, null);
    folded.set(key, derived);
    derived.advance(fill, { base: fill.baseAsset, quote: fill.quoteAsset, lotStep: fill.lotStep }, fill.orderReason);
    findings.push(...adjust(derived, adjustments.filter((row) => row.afterFillId === fill.id)));
    // Compared as they close, so that a long history needs no more memory than a short one.
    for (const trade of derived.closed.splice(0)) findings.push(...(await tradeFindings(view, trade)));
    if (findings.length >= MOST_FINDINGS) break;
  }
  for (const derived of folded.values()) findings.push(...(await marketFindings(view, derived)));
  findings.push(...(await countFindings(view, folded)), ...(await orderFindings(view)));
  return { fills, markets: folded.size, findings: findings.slice(0, MOST_FINDINGS) };
}

/** What people took out right after a fill, as `AdjustmentRepository` booked it. */
function adjust(derived: DerivedRows, adjustments: readonly AdjustmentEntity[]): string[] {
  return adjustments.flatMap(({ id, quantity, cost, at, reason }) => {
    const derivedCost = derived.takeOut(negated(quantity), at, reason);
    return derivedCost !== null && negated(derivedCost) === cost ? [] : [`adjustment ${id} says that coins for ${cost} left; the fills make it ${derivedCost === null ? 'nothing' : negated(derivedCost)}`];
  });
}

async function damage(view: LedgerView): Promise<string[]> {
  const integrity = await view.rows<Record<string, string>>('PRAGMA integrity_check(10)');
  const orphans = await view.rows<{ table: string; parent: string }>('PRAGMA foreign_key_check');
  return [
    ...integrity.map((row) => Object.values(row)[0]).filter((line) => line !== 'ok'),
    ...orphans.slice(0, 10).map(({ table, parent }) => `a row of ${table} refers to a row of ${parent} that is not there`),
  ];
}

/** The newest entry of an order's history is its state. */
async function stateFindings(view: LedgerView): Promise<string[]> {
  const rows = await view.rows<{ id: string; state: string; last: string | null }>(
    `SELECT o.id, o.state, (SELECT t.to_state FROM order_transitions t WHERE t.order_id = o.id ORDER BY t.id DESC LIMIT 1) AS last
     FROM orders o WHERE last IS NOT o.state LIMIT 10`,
  );
  return rows.map(({ id, state, last }) => `order ${id} is ${state}, but its history ends with ${last ?? 'nothing'}`);
}

async function marketFindings(view: LedgerView, { key, position, trade, days }: DerivedRows): Promise<string[]> {
  const findings: string[] = [];
  const where = 'row.botId = :botId AND row.mode = :mode AND row.exchange = :exchange AND row.symbol = :symbol';
  const market = `${key.mode} ${key.symbol} of ${key.botId}`;
  const [stored] = await view.find(PositionEntity, (query) => query.where(where, key));
  findings.push(...differences(`position ${market}`, stored, position));
  if (trade !== null) findings.push(...(await tradeFindings(view, trade)));
  for (const day of days.values()) {
    const [row] = await view.find(DailyPnlEntity, (query) => query.where(`${where} AND row.strategy = :strategy AND row.day = :day`, { ...key, strategy: day.strategy, day: day.day }));
    findings.push(...differences(`result of ${new Date(day.day).toISOString().slice(0, 10)} ${market}`, row, day));
  }
  return findings;
}

async function tradeFindings(view: LedgerView, trade: TradeRow): Promise<string[]> {
  const { firstFillId, ...key } = trade;
  const [stored] = await view.find(TradeEntity, (query) =>
    query.where('row.botId = :botId AND row.mode = :mode AND row.exchange = :exchange AND row.symbol = :symbol AND row.openedAt = :openedAt AND row.firstFillId = :firstFillId', { ...key, firstFillId }),
  );
  return differences(`round trip from fill ${firstFillId} on`, stored, trade);
}

/** Rows that no fill explains. */
async function countFindings(view: LedgerView, folded: ReadonlyMap<string, DerivedRows>): Promise<string[]> {
  const positions = await view.find(PositionEntity, (query) => query);
  const days = [...folded.values()].reduce((count, derived) => count + derived.days.size, 0);
  const [{ count }] = await view.rows<{ count: number }>('SELECT count(*) AS count FROM daily_pnls');
  const [orphans] = await view.rows<{ count: number }>('SELECT count(*) AS count FROM trades WHERE NOT EXISTS (SELECT 1 FROM fills WHERE fills.id = trades.first_fill_id)');
  return [
    ...positions.filter((row) => !folded.has(marketKeyText(row))).map(({ symbol, mode, botId }) => `position ${mode} ${symbol} of ${botId} has no fills`),
    ...(count === days ? [] : [`there are ${count} daily results; the fills make ${days}`]),
    ...(orphans.count === 0 ? [] : [`${orphans.count} round trips have no fills`]),
  ];
}

/** What orders say they executed is what their fills add up to. */
async function orderFindings(view: LedgerView): Promise<string[]> {
  const findings: string[] = [];
  let open: { order: OwnFill; quantity: DecimalText; quote: DecimalText } | null = null;
  const close = (): void => {
    if (open === null) return;
    const { order, quantity, quote } = open;
    if (order.orderQuantity !== quantity || order.orderQuote !== quote) findings.push(`order ${order.orderId} says ${order.orderQuantity} for ${order.orderQuote}; its fills add up to ${quantity} for ${quote}`);
  };
  for await (const fill of ownFills(view, 'order')) {
    if (open === null || open.order.orderId !== fill.orderId) {
      close();
      open = { order: fill, quantity: ZERO, quote: ZERO };
    }
    open = { ...open, quantity: plus(open.quantity, fill.quantity), quote: plus(open.quote, valueOf(fill)) };
  }
  close();
  const [bare] = await view.rows<{ count: number }>(`SELECT count(*) AS count FROM orders o WHERE o.executed_quantity <> '0' AND NOT EXISTS (SELECT 1 FROM fills f WHERE f.order_id = o.id)`);
  return bare.count === 0 ? findings : [...findings, `${bare.count} orders say that they were executed and have no fills`];
}

function valueOf({ price, quantity }: FillEntity): DecimalText {
  return times(price, quantity);
}

/** Field by field, exactly; the id is the database's own. */
function differences(what: string, stored: object | undefined, derived: object | null): string[] {
  if (stored === undefined || derived === null) return [`${what} is not in the ledger`];
  const before = stored as Record<string, unknown>;
  return Object.entries(derived).flatMap(([field, value]) => (field === 'id' || JSON.stringify(before[field]) === JSON.stringify(value) ? [] : [`${what}: ${field} is ${JSON.stringify(before[field])}; the fills make it ${JSON.stringify(value)}`]));
}
