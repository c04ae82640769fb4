import { highest, lowest } from './extremes.js';
import { placeInRange } from './place-in-range.js';
import { rollingMean, rollingMemory } from './rolling.js';
import { rsi, rsiMemory } from './rsi.js';
import type { Stochastic } from './stochastic.js';

/** Bars of each step: the strength index, its range, the average of %K that is %D. */
export interface StochRsiWindows {
  readonly rsi: number;
  readonly range: number;
  readonly d: number;
}

/** Fading memory: that of the strength index, then the range and an average in a chain. */
export function stochRsiMemory({ rsi, range, d }: StochRsiWindows): number {
  return rsiMemory(rsi) + range - 1 + rollingMemory(d);
}

/**
 * Stochastic RSI (Chande and Kroll 1994): where the strength index lies in its own range of the last bars, unsmoothed (%K), and the
 * average of that (%D).
 *
 * @param firstBar absolute number of the bar in row 0, see `barNumber`
 * @returns columns of the same length, 0 to 100, NaN until defined; 50 where the index does not move
 */
export function stochRsi(values: Float64Array, windows: StochRsiWindows, firstBar: number): Stochastic {
  const strengths = rsi(values, windows.rsi, firstBar);
  const k = highest(strengths, windows.range);
  const floors = lowest(strengths, windows.range);
  for (let i = 0; i < k.length; i++) k[i] = placeInRange(strengths[i], floors[i], k[i], 100);
  return { k, d: rollingMean(k, windows.d, firstBar) };
}
