import { firstDefined, undefinedColumn } from './defined.js';
import { meanOf } from './smoothing.js';
import { typicalPrice } from './typical-price.js';
import { ZERO_SHARE } from './zero.js';

/** Finite memory: the window. */
export function cciMemory(window: number): number {
  return window - 1;
}

/**
 * Commodity channel index (Lambert 1980): distance of the typical price from its average, in units of 0.015 mean absolute deviations.
 *
 * @returns same length; the first `window - 1` rows are NaN. 0 where nothing moves.
 */
export function cci(high: Float64Array, low: Float64Array, close: Float64Array, window: number): Float64Array {
  const prices = typicalPrice(high, low, close);
  const found = undefinedColumn(prices.length);
  for (let i = firstDefined(prices) + window - 1; i < prices.length; i++) {
    const from = i - window + 1;
    const mean = meanOf(prices, from, window);
    let deviation = 0;
    for (let j = from; j <= i; j++) deviation += Math.abs(prices[j] - mean);
    deviation /= window;
    found[i] = deviation <= ZERO_SHARE * mean ? 0 : (prices[i] - mean) / (0.015 * deviation);
  }
  return found;
}
