import { Candles } from '../domain/candles.js';
import { CandleDataError } from '../domain/errors.js';
import { isoTime } from '../domain/instant.js';
import { barOpenAt, gridOffsetMs, timeframeMs, TIMEFRAMES, type Timeframe } from '../domain/timeframe.js';
import { emptyRows, type CandleRows } from './candle-rows.js';

/** A hundred years of minutes: more than this is a mistake, not a market. */
const MOST_BARS = 60_000_000;
const SECONDS_END = 1e11; // as milliseconds: March 1973
const MICROSECONDS_START = 1e14; // as milliseconds: the year 5138

/** Says where row i of a source is, for people: a file's line and column, a page's row. */
export type Locate = (row: number, column: number) => string;

/**
 * Judges candles of a source: times in milliseconds, ascending, on the grid of the timeframe; prices positive and in order.
 * One bad row refuses them all, since nobody knows what else is wrong then.
 *
 * @throws CandleDataError
 */
export function checkRows(rows: CandleRows, timeframe: Timeframe, locate: Locate): void {
  const { openTime, open, high, low, close, volume } = rows;
  const step = timeframeMs(timeframe);
  const offset = gridOffsetMs(timeframe);
  for (let i = 0; i < openTime.length; i++) {
    const time = openTime[i];
    const sound =
      (time - offset) % step === 0 &&
      time > SECONDS_END &&
      time < MICROSECONDS_START &&
      (i === 0 || time > openTime[i - 1]) &&
      low[i] > 0 &&
      low[i] <= open[i] &&
      low[i] <= close[i] &&
      high[i] >= open[i] &&
      high[i] >= close[i] &&
      high[i] < Infinity &&
      volume[i] >= 0 &&
      volume[i] < Infinity;
    if (!sound) throw new CandleDataError('DATA.INVALID', describe(rows, i, timeframe, locate));
  }
  checkSpacing(openTime, timeframe, locate);
}

/** The rows on a regular grid: where there is no candle the last close is repeated with volume 0 and marked as missing. */
export function completeGrid(symbol: string, timeframe: Timeframe, rows: CandleRows): Candles {
  const { openTime } = rows;
  const step = timeframeMs(timeframe);
  const count = openTime.length === 0 ? 0 : (openTime[openTime.length - 1] - openTime[0]) / step + 1;
  if (count > MOST_BARS) {
    throw new CandleDataError('DATA.INVALID', `From ${isoTime(openTime[0])} to ${isoTime(openTime[openTime.length - 1])} are ${count} bars of ${timeframe}; at most ${MOST_BARS} are possible`);
  }
  if (count === openTime.length) return Candles.of(symbol, timeframe, rows);
  const grid = emptyRows(count);
  const missing = new Uint8Array(count);
  let source = 0;
  for (let i = 0; i < count; i++) {
    const time = openTime[0] + i * step;
    grid.openTime[i] = time;
    if (openTime[source] === time) {
      grid.open[i] = rows.open[source];
      grid.high[i] = rows.high[source];
      grid.low[i] = rows.low[source];
      grid.close[i] = rows.close[source];
      grid.volume[i] = rows.volume[source];
      source++;
    } else {
      grid.open[i] = grid.high[i] = grid.low[i] = grid.close[i] = grid.close[i - 1];
      missing[i] = 1;
    }
  }
  return Candles.of(symbol, timeframe, grid, missing);
}

/** Three rows or more, none of them one step apart: these are candles of a longer timeframe. */
function checkSpacing(openTime: Float64Array, timeframe: Timeframe, locate: Locate): void {
  if (openTime.length < 3) return;
  let smallest = Infinity;
  for (let i = 1; i < openTime.length && smallest > timeframeMs(timeframe); i++) smallest = Math.min(smallest, openTime[i] - openTime[i - 1]);
  if (smallest === timeframeMs(timeframe)) return;
  throw new CandleDataError('DATA.INVALID', `${locate(1, 0)}: rows are ${nameOf(smallest)} apart everywhere; these are no candles of ${timeframe}`);
}

function describe(rows: CandleRows, i: number, timeframe: Timeframe, locate: Locate): string {
  const { openTime, open, high, low, close, volume } = rows;
  const time = openTime[i];
  if (!Number.isInteger(time) || time <= 0) return `${locate(i, 0)} must be a whole number of milliseconds, was ${time}`;
  if (time <= SECONDS_END) return `${locate(i, 0)} must be in milliseconds, was ${time}, which looks like seconds`;
  if (time >= MICROSECONDS_START) return `${locate(i, 0)} must be in milliseconds, was ${time}, which looks like microseconds`;
  if (i > 0 && time === openTime[i - 1]) return `${locate(i, 0)} ${time} (${isoTime(time)}) is there twice`;
  if (i > 0 && time < openTime[i - 1]) return `${locate(i, 0)} ${time} (${isoTime(time)}) comes after ${openTime[i - 1]}; times must ascend`;
  if (barOpenAt(time, timeframe) !== time) return `${locate(i, 0)} ${time} (${isoTime(time)}) is not on the ${timeframe} grid${spacingHint(openTime, timeframe)}`;
  const prices = [open[i], high[i], low[i], close[i]];
  const bad = prices.findIndex((price) => !(price > 0 && price < Infinity));
  if (bad >= 0) return `${locate(i, bad + 1)} must be above 0, was ${prices[bad]}`;
  if (!(volume[i] >= 0 && volume[i] < Infinity)) return `${locate(i, 5)} must be 0 or more, was ${volume[i]}`;
  if (high[i] < low[i]) return `${locate(i, 2)} ${high[i]} is below the low ${low[i]}`;
  if (high[i] < Math.max(open[i], close[i])) return `${locate(i, 2)} ${high[i]} is below the ${open[i] > high[i] ? 'open' : 'close'} ${Math.max(open[i], close[i])}`;
  return `${locate(i, 3)} ${low[i]} is above the ${open[i] < low[i] ? 'open' : 'close'} ${Math.min(open[i], close[i])}`;
}

function spacingHint(openTime: Float64Array, timeframe: Timeframe): string {
  const spacing = openTime.length > 1 ? openTime[1] - openTime[0] : 0;
  const other = TIMEFRAMES.find((name) => timeframeMs(name) === spacing);
  return other === undefined || other === timeframe ? '' : `; rows are ${other} apart`;
}

function nameOf(ms: number): string {
  return TIMEFRAMES.find((name) => timeframeMs(name) === ms) ?? `${ms} ms`;
}
