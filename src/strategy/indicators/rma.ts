import { fadingRestarts, restartMemory } from './restarts.js';
import { smoothed } from './smoothing.js';

/** Fading memory: 46 * n bars, and nothing before them. */
export function rmaMemory(window: number): number {
  return restartMemory(fadingRestarts(window));
}

/**
 * Wilder's moving average (New Concepts, 1978): y += (x - y) / n, seeded with the mean of the first n values.
 *
 * @param firstBar absolute number of the bar in row 0, see `barNumber`
 * @returns same length and unit; NaN before the seed
 */
export function rma(values: Float64Array, window: number, firstBar: number): Float64Array {
  return smoothed(values, window, 1 / window, fadingRestarts(window), firstBar);
}
