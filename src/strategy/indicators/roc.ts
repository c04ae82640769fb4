import { undefinedColumn } from './defined.js';

/** Finite memory: the window. */
export function rocMemory(window: number): number {
  return window;
}

/**
 * Rate of change: 100 * (x[i] / x[i - window] - 1).
 *
 * @returns same length, per cent; the first `window` rows are NaN
 */
export function roc(values: Float64Array, window: number): Float64Array {
  const rates = undefinedColumn(values.length);
  for (let i = window; i < values.length; i++) rates[i] = 100 * (values[i] / values[i - window] - 1);
  return rates;
}
