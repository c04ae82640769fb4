import { rollingMemory, rollingMoments } from './rolling.js';

/** Finite memory: the window, and the block before it. */
export function stddevMemory(window: number): number {
  return rollingMemory(window);
}

/**
 * Moving standard deviation.
 *
 * @param ddof 0: divisor n (population, what Bollinger bands use); 1: divisor n - 1 (sample; undefined for a window of 1)
 * @param firstBar absolute number of the bar in row 0, see `barNumber`
 * @returns same length and unit; the first `window - 1` rows are NaN
 */
export function stddev(values: Float64Array, window: number, firstBar: number, ddof: 0 | 1 = 0): Float64Array {
  const { deviation } = rollingMoments(values, window, firstBar);
  if (ddof === 0) return deviation;
  const factor = Math.sqrt(window / (window - 1));
  for (let i = 0; i < deviation.length; i++) deviation[i] *= factor;
  return deviation;
}
