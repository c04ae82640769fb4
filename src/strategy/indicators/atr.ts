import { rma, rmaMemory } from './rma.js';
import { trueRange, TRUE_RANGE_MEMORY } from './true-range.js';

/** Fading memory: 46 * n bars and the one before them. */
export function atrMemory(window: number): number {
  return rmaMemory(window) + TRUE_RANGE_MEMORY;
}

/**
 * Average true range: Wilder's average of the true range, which begins on the second bar.
 *
 * @param firstBar absolute number of the bar in row 0, see `barNumber`
 * @returns same length, in units of the price; the first `window` rows are NaN
 */
export function atr(high: Float64Array, low: Float64Array, close: Float64Array, window: number, firstBar: number): Float64Array {
  return rma(trueRange(high, low, close), window, firstBar);
}
