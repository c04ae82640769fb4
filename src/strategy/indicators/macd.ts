import { ema, emaMemory } from './ema.js';

export interface Macd {
  /** Fast average less slow average, in units of the price. */
  readonly line: Float64Array;
  /** Exponential average of the line. */
  readonly signal: Float64Array;
  /** Line less signal. */
  readonly histogram: Float64Array;
}

/** Fading memory: the slow average and the signal in a chain. */
export function macdMemory(slow: number, signal: number): number {
  return emaMemory(slow) + emaMemory(signal);
}

/**
 * Moving average convergence / divergence (Appel): each average seeded on its own first bars (TA-Lib seeds the fast one late, which
 * differs for the first hundred bars or so).
 *
 * @param fast bars, fewer than `slow`
 * @param firstBar absolute number of the bar in row 0, see `barNumber`
 * @returns columns of the same length, each NaN until it is defined: the line from row `slow - 1`, the rest from `slow + signal - 2` on
 */
export function macd(values: Float64Array, fast: number, slow: number, signal: number, firstBar: number): Macd {
  const line = ema(values, slow, firstBar);
  const quick = ema(values, fast, firstBar);
  for (let i = 0; i < line.length; i++) line[i] = quick[i] - line[i];
  const average = ema(line, signal, firstBar);
  const histogram = new Float64Array(line.length);
  for (let i = 0; i < line.length; i++) histogram[i] = line[i] - average[i];
  return { line, signal: average, histogram };
}
