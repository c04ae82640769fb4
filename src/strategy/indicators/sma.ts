import { EXACT_LIMIT, unitsOf, UNITS_PER_PRICE, type Ticks } from '../../domain/ticks.js';
import { rollingMean } from './rolling.js';

/** Whether every sum of `window` ticks is exact in a double, whatever the order of addition. */
export function sumsAreExact(ticks: Ticks, window: number): boolean {
  return ticks.largest * window < EXACT_LIMIT;
}

/**
 * Simple moving average over the last `window` prices, from integer ticks: one exact sum and one correctly rounded division,
 * so a row is the same whatever bar the series starts with.
 *
 * @param ticks prices * scale, integers
 * @returns prices, same length; the first `window - 1` rows are NaN
 */
export function smaOfTicks(ticks: Float64Array, window: number, scale: number): Float64Array {
  const n = ticks.length;
  const averages = new Float64Array(n);
  const divisor = window * scale;
  const first = Math.min(window - 1, n);
  let sum = 0;
  for (let i = 0; i < first; i++) {
    sum += ticks[i];
    averages[i] = NaN;
  }
  if (window <= n) {
    sum += ticks[first];
    averages[first] = sum / divisor;
  }
  for (let i = window; i < n; i++) {
    sum += ticks[i] - ticks[i - window];
    averages[i] = sum / divisor;
  }
  return averages;
}

/**
 * The same average for a column that has no ticks as a whole, or too many for a double. Each row goes by its own window alone: of
 * decimals it is the exact mean, to the bit as `smaOfTicks` gives it, else the anchored one. What comes later can change no row.
 *
 * @param firstBar absolute number of the bar in row 0
 * @returns prices, same length; the first `window - 1` rows are NaN
 */
export function smaOfPrices(prices: Float64Array, window: number, firstBar: number): Float64Array {
  const averages = rollingMean(prices, window, firstBar);
  const divisor = BigInt(window) * UNITS_PER_PRICE;
  const units = Array.from(prices, unitsOf);
  let sum = 0n;
  let others = 0; // prices of the window that are no decimals
  for (let i = 0; i < prices.length; i++) {
    const enters = units[i];
    if (enters === null) others++;
    else sum += enters;
    if (i >= window) {
      const leaves = units[i - window];
      if (leaves === null) others--;
      else sum -= leaves;
    }
    if (others === 0 && i >= window - 1) averages[i] = nearestRatio(sum, divisor);
  }
  return averages;
}

/** Bits to spare, so that the quotient of any price has more than a double holds. */
const GUARD_BITS = 128;

/** The double nearest to a / b, both above 0. */
function nearestRatio(a: bigint, b: bigint): number {
  const scaled = a << BigInt(GUARD_BITS);
  const quotient = scaled / b;
  // A rest makes the last bit 1, so that the conversion does not take what is just above a half for a half.
  return Number(quotient * b === scaled ? quotient : quotient | 1n) / 2 ** GUARD_BITS;
}
