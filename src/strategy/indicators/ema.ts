import { fadingRestarts, restartMemory, type Restarts } from './restarts.js';
import { smoothed } from './smoothing.js';

/** Exponential averages forget a value with this time constant, in bars. */
function restartsOf(window: number): Restarts {
  return fadingRestarts((window + 1) / 2);
}

/** Fading memory: 23 * (n + 1) bars, and nothing before them. */
export function emaMemory(window: number): number {
  return restartMemory(restartsOf(window));
}

/**
 * Exponential moving average: y += alpha * (x - y), alpha = 2 / (n + 1).
 *
 * @param firstBar absolute number of the bar in row 0, see `barNumber`
 * @param seed `sma`: the first value is the mean of the first n values and stands on the last of them (TA-Lib, TradingView);
 *   `first`: the first value is the first input (pandas, `adjust=False`)
 * @returns same length and unit; NaN before the seed
 */
export function ema(values: Float64Array, window: number, firstBar: number, seed: 'sma' | 'first' = 'sma'): Float64Array {
  return smoothed(values, seed === 'sma' ? window : 1, 2 / (window + 1), restartsOf(window), firstBar);
}
