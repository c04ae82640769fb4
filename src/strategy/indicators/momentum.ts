import { undefinedColumn } from './defined.js';

/** Finite memory: the window. */
export function momentumMemory(window: number): number {
  return window;
}

/**
 * Momentum: x[i] - x[i - window].
 *
 * @returns same length and unit; the first `window` rows are NaN
 */
export function momentum(values: Float64Array, window: number): Float64Array {
  const changes = undefinedColumn(values.length);
  for (let i = window; i < values.length; i++) changes[i] = values[i] - values[i - window];
  return changes;
}
