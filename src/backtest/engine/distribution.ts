import { exactSum } from '../../domain/summation.js';

/** Simple returns of a curve: one value fewer than points. */
export function returnsOf(equity: ArrayLike<number>): Float64Array {
  const returns = new Float64Array(Math.max(0, equity.length - 1));
  for (let i = 0; i < returns.length; i++) returns[i] = equity[i + 1] / equity[i] - 1;
  return returns;
}

/** Shape of a distribution, by population moments. */
export interface Shape {
  readonly mean: number;
  /** Divisor n. */
  readonly deviation: number;
  readonly skew: number;
  /** 3 for a normal distribution: this is not the excess. */
  readonly kurtosis: number;
}

/** @returns null when nothing varies: the values have no shape then */
export function shapeOf(values: Float64Array): Shape | null {
  const n = values.length;
  if (n < 2) return null;
  const mean = exactSum(values) / n;
  const centred = values.map((value) => value - mean);
  const deviation = Math.sqrt(exactSum(centred.map((d) => d * d)) / n);
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  if (!(deviation > 1e-10 * largest)) return null;
  const scaled = centred.map((d) => d / deviation);
  return { mean, deviation, skew: exactSum(scaled.map((z) => z ** 3)) / n, kurtosis: exactSum(scaled.map((z) => z ** 4)) / n };
}

/** Linear interpolation between order statistics (type 7 of Hyndman and Fan, the default of R and numpy). */
export function quantile(values: ArrayLike<number>, q: number): number {
  const sorted = Float64Array.from(values).sort();
  const at = q * (sorted.length - 1);
  const below = Math.floor(at);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
}

/** Minus the 5 % quantile of the returns, and minus the mean of those not above it. */
export function valueAtRisk(returns: Float64Array, tail = 0.05): { readonly valueAtRisk: number; readonly conditional: number } | null {
  if (returns.length === 0) return null;
  const threshold = quantile(returns, tail);
  const worst = returns.filter((r) => r <= threshold);
  return { valueAtRisk: -threshold, conditional: -exactSum(worst) / worst.length };
}

/** Sum of gains / sum of losses of the returns; null when nothing was lost. */
export function omegaOf(returns: Float64Array): number | null {
  const losses = -exactSum(returns.filter((r) => r < 0));
  return losses > 0 ? exactSum(returns.filter((r) => r > 0)) / losses : null;
}

/** Correlation of each return with the one before, centred with the overall mean; null when nothing varies. */
export function autocorrelation(returns: Float64Array): number | null {
  const shape = shapeOf(returns);
  if (shape === null) return null;
  const centred = returns.map((r) => r - shape.mean);
  const products = centred.subarray(1).map((d, i) => d * centred[i]);
  return exactSum(products) / exactSum(centred.map((d) => d * d));
}

/** Root mean square of the drawdown over all points of the curve (Martin's ulcer index). */
export function ulcerIndex(equity: ArrayLike<number>): number {
  let peak = -Infinity;
  const squares = Float64Array.from(equity, (value) => {
    peak = Math.max(peak, value);
    return (1 - value / peak) ** 2;
  });
  return Math.sqrt(exactSum(squares) / equity.length);
}

/** Longest distance, in bars, from the last point at which the running maximum was reached or equalled. */
export function longestUnderwater(equity: ArrayLike<number>): number {
  let peak = -Infinity;
  let peakAt = 0;
  let longest = 0;
  for (let i = 0; i < equity.length; i++) {
    if (equity[i] >= peak) [peak, peakAt] = [equity[i], i];
    longest = Math.max(longest, i - peakAt);
  }
  return longest;
}
