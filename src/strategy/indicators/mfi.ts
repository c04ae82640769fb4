import { undefinedColumn } from './defined.js';
import { rollingMean, rollingMemory } from './rolling.js';
import { typicalPrice } from './typical-price.js';
import { clearlyAbove } from './zero.js';

/** Where no money flowed it flowed neither in nor out. */
const NEUTRAL = 50;

/** Finite memory: the window, the block before it, and the bar before that. */
export function mfiMemory(window: number): number {
  return rollingMemory(window) + 1;
}

/**
 * Money flow index (Quong and Soudack 1989): 100 * inflow / (inflow + outflow) over the last `window` bars. A bar's flow is its
 * typical price times its volume, in where that price rose, out where it fell, neither where it moved by no more than rounding.
 *
 * @param volume base currency
 * @param firstBar absolute number of the bar in row 0, see `barNumber`
 * @returns same length, 0 to 100; the first `window` rows are NaN. 50 where no money flowed.
 */
export function mfi(high: Float64Array, low: Float64Array, close: Float64Array, volume: Float64Array, window: number, firstBar: number): Float64Array {
  const prices = typicalPrice(high, low, close);
  const n = prices.length;
  const [inflow, outflow] = [undefinedColumn(n), undefinedColumn(n)];
  for (let i = 1; i < n; i++) {
    if (Number.isNaN(prices[i - 1])) continue;
    const flow = prices[i] * volume[i];
    inflow[i] = clearlyAbove(prices[i], prices[i - 1]) ? flow : 0;
    outflow[i] = clearlyAbove(prices[i - 1], prices[i]) ? flow : 0;
  }
  const found = rollingMean(inflow, window, firstBar);
  const out = rollingMean(outflow, window, firstBar);
  for (let i = 0; i < n; i++) {
    const total = found[i] + out[i];
    found[i] = total === 0 ? NEUTRAL : (100 * found[i]) / total;
  }
  return found;
}
