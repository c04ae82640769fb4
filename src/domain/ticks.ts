/** A price column as integers held in doubles: price = value / scale, exactly. */
export interface Ticks {
  readonly values: Float64Array;
  /** Power of ten, 1 to 1e12. */
  readonly scale: number;
  /** Largest tick; a sum of `w` ticks is exact as long as w * largest stays below 2^53. */
  readonly largest: number;
}

const MOST_DECIMALS = 12;

/** Integers up to here are exact in a double, and so is every sum that stays below. */
export const EXACT_LIMIT = 2 ** 53;

/** Below this a price times its scale rounds to the one integer that the decimal means; above, two of them share a double. */
const TICK_LIMIT = 2 ** 51;

/**
 * The prices as integer multiples of the largest power of ten that fits them all. A decimal price is recognised exactly: a
 * double is the nearest one to `k / scale` if and only if the (correctly rounded) division gives it back.
 *
 * @returns null when no step of 1e-12 or coarser fits every value
 */
export function ticksOf(prices: Float64Array): Ticks | null {
  const n = prices.length;
  let scale = 1;
  let decimals = 0;
  // Find the scale first, on the run: a value that does not fit raises it, and what fitted a coarser step fits a finer one.
  for (let i = 0; i < n; i++) {
    while (Math.round(prices[i] * scale) / scale !== prices[i]) {
      if (++decimals > MOST_DECIMALS) return null;
      scale = 10 ** decimals;
    }
  }
  const values = new Float64Array(n);
  let largest = 0;
  for (let i = 0; i < n; i++) {
    const value = Math.round(prices[i] * scale);
    if (value / scale !== prices[i]) return null;
    values[i] = value;
    if (value > largest) largest = value;
  }
  return largest < TICK_LIMIT ? { values, scale, largest } : null;
}

/** A price in units of 1e-12, by itself; null when it is no decimal of that many places. It is one if `ticksOf` takes it. */
export function unitsOf(price: number): bigint | null {
  for (let decimals = 0; decimals <= MOST_DECIMALS; decimals++) {
    const scale = 10 ** decimals;
    const value = Math.round(price * scale);
    if (value >= TICK_LIMIT) return null;
    if (value / scale === price) return BigInt(value) * 10n ** BigInt(MOST_DECIMALS - decimals);
  }
  return null;
}

/** Units in a price of 1. */
export const UNITS_PER_PRICE = 10n ** BigInt(MOST_DECIMALS);
