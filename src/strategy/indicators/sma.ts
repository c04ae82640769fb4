import { EXACT_LIMIT, type Ticks } from '../../domain/ticks.js';

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
