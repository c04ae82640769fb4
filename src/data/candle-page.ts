import { CandleDataError } from '../domain/errors.js';
import { isoTime } from '../domain/instant.js';
import { timeframeMs, type Timeframe } from '../domain/timeframe.js';
import type { RawCandle } from '../exchange/market-client.js';
import { checkRows } from './candle-grid.js';
import { isSpike } from './spike.js';
import { COLUMN_NAMES, columnsOf, emptyRows, sliceRows, type CandleRows } from './candle-rows.js';

/** What was asked for, and when: enough to see whether an answer can be true. */
export interface PageRequest {
  readonly symbol: string;
  readonly timeframe: Timeframe;
  readonly sinceMs: number;
  readonly limit: number;
  /** Now, by the exchange's clock, asked before the candles. */
  readonly serverTimeMs: number;
  /** What went by from then until the answer was there. */
  readonly tookMs?: number;
}

/** Dates go no further. */
const LAST_DATE = 8.64e15;

/** Exchanges settle a candle in the first moments after its close; until then it counts as open. */
export const SETTLE_MS = 2000;

/**
 * An exchange's answer as checked candles: numbers only, sorted, the same candle twice counted once, closed ones only.
 * One bad row refuses the whole answer, for who knows what else is wrong with it.
 *
 * @throws CandleDataError saying what is wrong
 */
export function readPage(page: readonly RawCandle[], request: PageRequest): CandleRows {
  const { symbol, timeframe, sinceMs, limit, serverTimeMs, tookMs = 0 } = request;
  const refuse = (row: number, message: string): never => {
    throw new CandleDataError('DATA.INVALID', `The exchange's answer for ${symbol} ${timeframe} is refused: row ${row + 1} ${message}`);
  };
  if (page.length > limit) refuse(limit, `is one more than the ${limit} asked for`);
  const step = timeframeMs(timeframe);
  const sorted = toNumbers(page, refuse).sort((a, b) => a[0] - b[0]);
  const distinct = sorted.filter((candle, i) => {
    if (i === 0 || candle[0] !== sorted[i - 1][0]) return true;
    if (candle.some((value, c) => value !== sorted[i - 1][c])) refuse(i, `(${isoTime(candle[0])}) is there twice, with different values`);
    return false;
  });
  const rows = emptyRows(distinct.length);
  columnsOf(rows).forEach((column, c) => distinct.forEach((candle, i) => (column[i] = candle[c])));
  checkRows(rows, timeframe, (row, column) => `The exchange's answer for ${symbol} ${timeframe} is refused: row ${row + 1}, ${COLUMN_NAMES[column]}`);
  const { openTime } = rows;
  if (openTime.length > 0 && openTime[0] < sinceMs - step) refuse(0, `opens at ${isoTime(openTime[0])}, before the ${isoTime(sinceMs)} asked for`);
  const last = openTime.length - 1;
  if (last >= 0 && openTime[last] < sinceMs) refuse(last, `is the last and opens at ${isoTime(openTime[last])}, before the ${isoTime(sinceMs)} asked for: it brings nothing new`);
  if (last >= 0 && openTime[last] > serverTimeMs + tookMs) refuse(last, `opens at ${isoTime(openTime[last])}, which is in the future`);
  const spike = findSpike(rows, step);
  if (spike >= 0) refuse(spike, `(${isoTime(openTime[spike])}) leaves its neighbours: high ${rows.high[spike]}, low ${rows.low[spike]}, close before ${rows.close[spike - 1]}, open after ${rows.open[spike + 1]}`);
  let from = 0;
  let to = openTime.length;
  while (from < to && openTime[from] < sinceMs) from++;
  while (to > from && openTime[to - 1] + step + SETTLE_MS > serverTimeMs) to--;
  // A leap in the very last row may be a mistake or a crash; the row after it will tell.
  if (to > from && to === openTime.length && leaps(rows, last, step)) to--;
  return sliceRows(rows, from, to);
}

function toNumbers(page: readonly RawCandle[], refuse: (row: number, message: string) => never): number[][] {
  return page.map((candle, row) => {
    if (!Array.isArray(candle) || candle.length < 6) return refuse(row, 'is no candle of six values');
    const values = candle.slice(0, 6) as unknown[];
    const bad = values.findIndex((value, c) => typeof value !== 'number' || !Number.isFinite(value) || (c === 0 && Math.abs(value) > LAST_DATE));
    return bad < 0 ? (values as number[]) : refuse(row, `has ${COLUMN_NAMES[bad]} ${String(values[bad]).slice(0, 40)}; expected a ${bad === 0 ? 'time' : 'number'}`);
  });
}

/** A row far away from the candles right before and after it, which agree with each other; -1 when there is none. */
function findSpike({ openTime, open, high, low, close }: CandleRows, step: number): number {
  for (let i = 1; i < openTime.length - 1; i++) {
    if (openTime[i + 1] - openTime[i - 1] === 2 * step && isSpike(close[i - 1], high[i], low[i], open[i + 1])) return i;
  }
  return -1;
}

function leaps({ openTime, high, low, close }: CandleRows, i: number, step: number): boolean {
  return i > 0 && openTime[i] - openTime[i - 1] === step && isSpike(close[i - 1], high[i], low[i], close[i - 1]);
}
