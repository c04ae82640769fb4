import { wma, wmaMemory } from './wma.js';

/** Finite memory: a weighted average of weighted averages. */
export function hmaMemory(window: number): number {
  return wmaMemory(window) + wmaMemory(rootOf(window));
}

/**
 * Hull moving average (2005): WMA over floor(sqrt n) of 2 * WMA(floor(n / 2)) - WMA(n).
 *
 * @param window at least 2
 * @param firstBar absolute number of the bar in row 0, see `barNumber`
 * @returns same length and unit; the first `window + floor(sqrt(window)) - 2` rows are NaN
 */
export function hma(values: Float64Array, window: number, firstBar: number): Float64Array {
  const half = wma(values, Math.floor(window / 2), firstBar);
  const full = wma(values, window, firstBar);
  for (let i = 0; i < full.length; i++) full[i] = 2 * half[i] - full[i];
  return wma(full, rootOf(window), firstBar);
}

function rootOf(window: number): number {
  return Math.floor(Math.sqrt(window));
}
