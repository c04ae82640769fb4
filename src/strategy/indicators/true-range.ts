import { undefinedColumn } from './defined.js';

/** Finite memory: the bar before. */
export const TRUE_RANGE_MEMORY = 1;

/**
 * True range (Wilder 1978): the largest of high - low, abs(high - previous close) and abs(low - previous close).
 *
 * @returns same length, in units of the price; the first row is NaN: it has no close before it
 */
export function trueRange(high: Float64Array, low: Float64Array, close: Float64Array): Float64Array {
  const ranges = undefinedColumn(close.length);
  for (let i = 1; i < ranges.length; i++) {
    const before = close[i - 1];
    ranges[i] = Math.max(high[i] - low[i], Math.abs(high[i] - before), Math.abs(low[i] - before));
  }
  return ranges;
}
