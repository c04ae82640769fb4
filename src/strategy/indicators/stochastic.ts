import { highest, lowest } from './extremes.js';
import { placeInRange } from './place-in-range.js';
import { rollingMean, rollingMemory } from './rolling.js';

/** Both from 0 to 100. */
export interface Stochastic {
  readonly k: Float64Array;
  readonly d: Float64Array;
}

/** Bars of each step: the range, the smoothing of %K, the average of %K that is %D. */
export interface StochasticWindows {
  readonly range: number;
  readonly smooth: number;
  readonly d: number;
}

/** Finite memory: the range and two averages in a chain. */
export function stochasticMemory({ range, smooth, d }: StochasticWindows): number {
  return range - 1 + rollingMemory(smooth) + rollingMemory(d);
}

/**
 * Stochastic oscillator (Lane): %K = average over `smooth` bars of 100 * (close - lowest low) / (highest high - lowest low), %D =
 * average of %K over `d` bars.
 *
 * @param firstBar absolute number of the bar in row 0, see `barNumber`
 * @returns columns of the same length, NaN until defined; the raw value is 50 where the range is zero
 */
export function stochastic(high: Float64Array, low: Float64Array, close: Float64Array, windows: StochasticWindows, firstBar: number): Stochastic {
  const places = highest(high, windows.range);
  const floors = lowest(low, windows.range);
  for (let i = 0; i < places.length; i++) places[i] = placeInRange(close[i], floors[i], places[i], places[i]);
  const k = rollingMean(places, windows.smooth, firstBar);
  return { k, d: rollingMean(k, windows.d, firstBar) };
}
