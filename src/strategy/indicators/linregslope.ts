import { rollingMemory } from './rolling.js';
import { weightedSums } from './rolling-weighted.js';

/** Finite memory: the window, and the block before it. */
export function linregslopeMemory(window: number): number {
  return rollingMemory(window);
}

/**
 * Slope of the least-squares line through the last `window` values, in units per bar.
 *
 * @param window at least 2: one point has no slope
 * @param firstBar absolute number of the bar in row 0, see `barNumber`
 * @returns same length; the first `window - 1` rows are NaN
 */
export function linregslope(values: Float64Array, window: number, firstBar: number): Float64Array {
  const { sum, weighted } = weightedSums(values, window, firstBar);
  const spread = (window * (window * window - 1)) / 12; // sum of (k - mean)^2 over k = 1..n
  for (let i = 0; i < sum.length; i++) sum[i] = (weighted[i] - ((window + 1) / 2) * sum[i]) / spread;
  return sum;
}
