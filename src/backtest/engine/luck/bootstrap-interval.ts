import { quantile } from '../distribution.js';
import { exactSum } from '../../../domain/summation.js';

/** What resamples say about a statistic. */
export interface BootstrapInterval {
  readonly observed: number;
  /** Of the resampled values (n - 1). */
  readonly standardError: number;
  /** Quantiles of the resampled values. */
  readonly percentile: readonly [low: number, high: number];
  /** The percentiles mirrored around the observed value. */
  readonly basic: readonly [low: number, high: number];
  /** Share of resampled values that are not above 0. */
  readonly notAboveZero: number;
}

/**
 * @param resampled the statistic of every resample, at least 2
 * @param confidence 0.9 for an interval from the 5 % to the 95 % quantile (type 7)
 */
export function bootstrapInterval(observed: number, resampled: Float64Array, confidence = 0.9): BootstrapInterval {
  const n = resampled.length;
  const mean = exactSum(resampled) / n;
  const [low, high] = [quantile(resampled, (1 - confidence) / 2), quantile(resampled, (1 + confidence) / 2)];
  return {
    observed,
    standardError: Math.sqrt(exactSum(resampled.map((value) => (value - mean) ** 2)) / (n - 1)),
    percentile: [low, high],
    basic: [2 * observed - high, 2 * observed - low],
    notAboveZero: resampled.filter((value) => value <= 0).length / n,
  };
}

/** The statistic of the returns in these rows, one value per resample. @param indices rows of every resample */
export function resample(returns: Float64Array, indices: readonly ArrayLike<number>[], statistic: (returns: Float64Array) => number): Float64Array {
  const drawn = new Float64Array(returns.length);
  return Float64Array.from(indices, (rows) => {
    for (let i = 0; i < rows.length; i++) drawn[i] = returns[rows[i]];
    return statistic(drawn);
  });
}

/** Product of (1 + return), less 1. */
export function totalReturnOf(returns: Float64Array): number {
  let product = 1;
  for (let i = 0; i < returns.length; i++) product *= 1 + returns[i];
  return product - 1;
}
