import type { Candles } from '../../domain/candles.js';
import { digitsFor, packed, type PackedColumn } from './packed.js';
import { groupEnd, groupTime, type Timeline } from './timeline.js';

/** Candles as a page carries them; one row per group of bars. */
export interface PackedCandles {
  /** Seconds, as differences. */
  readonly times: PackedColumn;
  readonly open: PackedColumn;
  readonly high: PackedColumn;
  readonly low: PackedColumn;
  readonly close: PackedColumn;
}

/** Digits of a price where the candles have no step of their own. */
const FIGURES = 7;

/**
 * One candle per group: the open of its first bar, the close of its last, and the extremes of all. Bars that the exchange has no candle
 * for are left out; a group of nothing else is a hole in the chart.
 */
export function packedCandles(candles: Candles, timeline: Timeline): PackedCandles {
  const rows = timeline.starts.length;
  const [open, high, low, close] = [0, 1, 2, 3].map(() => new Float64Array(rows).fill(NaN));
  const times = Float64Array.from(timeline.starts, (_, group) => groupTime(timeline, group) / 1000);
  for (let group = 0; group < rows; group++) {
    for (let bar = timeline.starts[group]; bar < groupEnd(timeline, group); bar++) {
      if (candles.missing[bar] === 1) continue;
      if (Number.isNaN(open[group])) [open[group], high[group], low[group]] = [candles.open[bar], candles.high[bar], candles.low[bar]];
      high[group] = Math.max(high[group], candles.high[bar]);
      low[group] = Math.min(low[group], candles.low[bar]);
      close[group] = candles.close[bar];
    }
  }
  const digits = priceDigits(candles);
  return { times: packed(times, 0), open: packed(open, digits), high: packed(high, digits), low: packed(low, digits), close: packed(close, digits) };
}

/** An indicator at the close of each group's last bar. */
export function packedIndicator(values: Float64Array, timeline: Timeline, digits: number): PackedColumn {
  return packed(Float64Array.from(timeline.starts, (_, group) => values[groupEnd(timeline, group) - 1]), digits);
}

/** Decimals with which prices of these candles are written. */
export function priceDigits(candles: Candles): number {
  const scale = candles.priceScale;
  return scale === null ? digitsFor(candles.close, FIGURES) : Math.max(2, Math.round(Math.log10(scale)));
}
