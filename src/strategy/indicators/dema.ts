import { ema, emaMemory } from './ema.js';

/** Fading memory: two averages in a chain. */
export function demaMemory(window: number): number {
  return 2 * emaMemory(window);
}

/**
 * Double exponential average (Mulloy 1994): 2 * e1 - e2, where e2 is the EMA of e1.
 *
 * @returns same length and unit; the first `2 * window - 2` rows are NaN
 */
export function dema(values: Float64Array, window: number, firstBar: number): Float64Array {
  const once = ema(values, window, firstBar);
  const twice = ema(once, window, firstBar);
  for (let i = 0; i < twice.length; i++) twice[i] = 2 * once[i] - twice[i];
  return twice;
}
