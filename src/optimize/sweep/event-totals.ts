import { HELD_CASH, HELD_COINS, HOLDING_WIDTH, UNTIL, type HoldingColumns } from '../../domain/holding-columns.js';
import { RETURNS, SHORTFALLS, SQUARES, type EventTables, type Extremes } from './event-tables.js';

/** What the metrics of a curve are made of, without the curve. */
export interface EventTotals {
  readonly lastEquity: number;
  /** Of all returns. */
  readonly sum: number;
  readonly squares: number;
  readonly shortfalls: number;
  /** Deepest point / its peak; 1 when the curve never falls. */
  readonly lowest: number;
  /** Starting capital, then the equity at each of the points asked for. */
  readonly marks: Float64Array;
}

/**
 * The totals of the curve that holdings make, from one holding to the next: a stretch costs the same however many bars it has.
 *
 * @param holdings up to the last bar
 * @param markRows rows, ascending, at whose close the equity is wanted
 * @returns null where coins are held beside cash: returns are those of the closes only when all is in coins
 */
export function eventTotals(tables: EventTables, holdings: HoldingColumns, initialCapital: number, markRows: Int32Array): EventTotals | null {
  const { close } = tables.candles;
  const { rows, count } = holdings;
  const totals = new Float64Array(3);
  const fall = { peak: initialCapital, lowest: 1 };
  const extremes: Extremes = { lowest: 0, highest: 0 };
  const marks = new Float64Array(markRows.length + 1);
  marks[0] = initialCapital;
  let mark = 0;
  let equity = initialCapital;
  let bar = 0;
  for (let at = 0; at < count * HOLDING_WIDTH; at += HOLDING_WIDTH) {
    const until = rows[at + UNTIL];
    if (until <= bar) continue;
    const [cash, coins] = [rows[at + HELD_CASH], rows[at + HELD_COINS]];
    const before = equity;
    if (coins === 0) {
      equity = cash;
      addReturn(totals, equity / before - 1);
      addPoint(fall, equity);
      for (; mark < markRows.length && markRows[mark] < until; mark++) marks[mark + 1] = cash;
    } else {
      if (cash !== 0) return null;
      addReturn(totals, (coins * close[bar]) / before - 1);
      tables.addReturns(totals, bar, until - 1);
      tables.extremes(extremes, bar, until);
      addStretch(fall, close, coins, bar, until, extremes);
      equity = coins * close[until - 1];
      for (; mark < markRows.length && markRows[mark] < until; mark++) marks[mark + 1] = coins * close[markRows[mark]];
    }
    bar = until;
  }
  return { lastEquity: equity, sum: totals[RETURNS], squares: totals[SQUARES], shortfalls: totals[SHORTFALLS], lowest: fall.lowest, marks };
}

function addReturn(totals: Float64Array, r: number): void {
  totals[RETURNS] += r;
  totals[SQUARES] += r * r;
  if (r < 0) totals[SHORTFALLS] += r * r;
}

interface Fall {
  /** Highest point so far. */
  peak: number;
  lowest: number;
}

function addPoint(fall: Fall, point: number): void {
  if (point > fall.peak) fall.peak = point;
  else if (point / fall.peak < fall.lowest) fall.lowest = point / fall.peak;
}

/**
 * Rounding keeps the order of products and quotients, so the lowest close makes the lowest point and the highest the highest: they
 * decide everything, except where a new peak may lie on either side of a new low. Only such a stretch is walked.
 */
function addStretch(fall: Fall, close: Float64Array, coins: number, from: number, to: number, { lowest, highest }: Extremes): void {
  const [bottom, top] = [coins * lowest, coins * highest];
  if (top <= fall.peak) addPoint(fall, bottom);
  else if (bottom / top >= fall.lowest) fall.peak = top;
  else for (let bar = from; bar < to; bar++) addPoint(fall, coins * close[bar]);
}
