import { rollingMean, rollingMemory } from './rolling.js';
import { typicalPrice } from './typical-price.js';

/** Finite memory: the window, and the block before it. */
export function vwapMemory(window: number): number {
  return rollingMemory(window);
}

/**
 * Volume-weighted average price over the last `window` bars, from typical prices.
 *
 * @param firstBar absolute number of the bar in row 0, see `barNumber`
 * @returns same length, in units of the price; NaN for the first `window - 1` rows and where the window has no volume
 */
export function vwap(high: Float64Array, low: Float64Array, close: Float64Array, volume: Float64Array, window: number, firstBar: number): Float64Array {
  const prices = typicalPrice(high, low, close);
  const turnover = new Float64Array(prices.length);
  for (let i = 0; i < turnover.length; i++) turnover[i] = prices[i] * volume[i];
  const averages = rollingMean(turnover, window, firstBar);
  const volumes = rollingMean(volume, window, firstBar);
  for (let i = 0; i < averages.length; i++) averages[i] = volumes[i] > 0 ? averages[i] / volumes[i] : NaN;
  return averages;
}
