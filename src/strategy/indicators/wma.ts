import { rollingMemory } from './rolling.js';
import { weightedSums } from './rolling-weighted.js';

/** Finite memory: the window, and the block before it. */
export function wmaMemory(window: number): number {
  return rollingMemory(window);
}

/**
 * Linearly weighted moving average: weights 1 (oldest) to n (newest).
 *
 * @param firstBar absolute number of the bar in row 0, see `barNumber`
 * @returns same length and unit; the first `window - 1` rows are NaN
 */
export function wma(values: Float64Array, window: number, firstBar: number): Float64Array {
  const { pivot, weighted } = weightedSums(values, window, firstBar);
  const weights = (window * (window + 1)) / 2;
  for (let i = 0; i < pivot.length; i++) pivot[i] += weighted[i] / weights;
  return pivot;
}
