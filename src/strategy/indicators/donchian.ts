import type { Bands } from './bands.js';
import { highest, lowest } from './extremes.js';

/** Finite memory: the window. */
export function donchianMemory(window: number): number {
  return window - 1;
}

/**
 * Donchian channel: highest high and lowest low of the last `window` bars, the current one included, and their mean. Whoever looks
 * for a breakout compares with the row before.
 *
 * @returns columns of the same length, in units of the price; the first `window - 1` rows are NaN
 */
export function donchian(high: Float64Array, low: Float64Array, window: number): Bands {
  const upper = highest(high, window);
  const lower = lowest(low, window);
  const middle = new Float64Array(upper.length);
  for (let i = 0; i < middle.length; i++) middle[i] = (upper[i] + lower[i]) / 2;
  return { upper, middle, lower };
}
