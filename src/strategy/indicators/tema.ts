import { ema, emaMemory } from './ema.js';

/** Fading memory: three averages in a chain. */
export function temaMemory(window: number): number {
  return 3 * emaMemory(window);
}

/**
 * Triple exponential average (Mulloy 1994): 3 * e1 - 3 * e2 + e3, where each e is the EMA of the one before.
 *
 * @returns same length and unit; the first `3 * window - 3` rows are NaN
 */
export function tema(values: Float64Array, window: number, firstBar: number): Float64Array {
  const once = ema(values, window, firstBar);
  const twice = ema(once, window, firstBar);
  const thrice = ema(twice, window, firstBar);
  for (let i = 0; i < thrice.length; i++) thrice[i] += 3 * (once[i] - twice[i]);
  return thrice;
}
