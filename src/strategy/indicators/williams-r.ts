import { highest, lowest } from './extremes.js';
import { placeInRange } from './place-in-range.js';

/** Finite memory: the window. */
export function williamsRMemory(window: number): number {
  return window - 1;
}

/**
 * Williams %R: -100 * (highest high - close) / (highest high - lowest low).
 *
 * @returns same length, -100 to 0; the first `window - 1` rows are NaN. -50 where the range is zero.
 */
export function williamsR(high: Float64Array, low: Float64Array, close: Float64Array, window: number): Float64Array {
  const places = highest(high, window);
  const floors = lowest(low, window);
  for (let i = 0; i < places.length; i++) places[i] = placeInRange(close[i], floors[i], places[i], places[i]) - 100;
  return places;
}
