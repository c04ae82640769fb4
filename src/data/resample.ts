import { CandleDataError } from '../domain/errors.js';
import { ticksOf } from '../domain/ticks.js';
import { barOpenAt, barOpenFrom, timeframeMs, type Timeframe } from '../domain/timeframe.js';
import { emptyRows, sliceRows, type CandleRows } from './candle-rows.js';
import type { TimeRange } from './ranges.js';

/**
 * Candles of a longer timeframe: first open, highest high, lowest low, last close, exact sum of the volumes. A bar that a halt cuts
 * short is made of the candles that exist; one that the data do not cover from end to end is left out, and so is one in which
 * nothing exists.
 *
 * @param covered the stretch that the rows stand for
 * @throws CandleDataError when the timeframe is no multiple of the rows' own
 */
export function resample(rows: CandleRows, from: Timeframe, to: Timeframe, covered: TimeRange): CandleRows {
  const step = timeframeMs(to);
  if (step % timeframeMs(from) !== 0 || step <= timeframeMs(from)) {
    throw new CandleDataError('DATA.INVALID', `Candles of ${to} cannot be made of candles of ${from}`);
  }
  const first = barOpenFrom(covered.from, to);
  const end = barOpenAt(covered.to, to);
  const { openTime, open, high, low, close, volume } = rows;
  const volumes = ticksOf(volume);
  const coarse = emptyRows(Math.max(0, Math.round((end - first) / step)));
  let n = 0;
  for (let i = 0; i < openTime.length; ) {
    const bar = barOpenAt(openTime[i], to);
    const start = i;
    while (i < openTime.length && openTime[i] < bar + step) i++;
    if (bar < first || bar >= end) continue;
    coarse.openTime[n] = bar;
    coarse.open[n] = open[start];
    coarse.high[n] = high[start];
    coarse.low[n] = low[start];
    coarse.close[n] = close[i - 1];
    let sum = 0;
    for (let k = start; k < i; k++) {
      coarse.high[n] = Math.max(coarse.high[n], high[k]);
      coarse.low[n] = Math.min(coarse.low[n], low[k]);
      sum += volumes === null ? volume[k] : volumes.values[k];
    }
    coarse.volume[n] = volumes === null ? sum : sum / volumes.scale;
    n++;
  }
  return sliceRows(coarse, 0, n);
}
