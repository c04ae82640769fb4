import { bandsAround, type Bands } from './bands.js';
import { rollingMemory, rollingMoments } from './rolling.js';

/** Finite memory: the window, and the block before it. */
export function bollingerMemory(window: number): number {
  return rollingMemory(window);
}

/**
 * Bollinger bands: moving average +/- `multiplier` population deviations of the same window.
 *
 * @param firstBar absolute number of the bar in row 0, see `barNumber`
 * @returns columns of the same length; the first `window - 1` rows are NaN. All three are equal where nothing moves.
 */
export function bollinger(values: Float64Array, window: number, multiplier: number, firstBar: number): Bands {
  const { mean, deviation } = rollingMoments(values, window, firstBar);
  return bandsAround(mean, deviation, multiplier);
}
