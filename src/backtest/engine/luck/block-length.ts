import { exactSum } from '../../../domain/summation.js';

/** Expected block lengths for resampling a series that depends on its past. */
export interface BlockLength {
  /** Lag after which autocorrelations are no more than noise. */
  readonly lag: number;
  /** Lags that were used. */
  readonly bandwidth: number;
  /** Autocorrelations below this count as noise. */
  readonly threshold: number;
  /** For the stationary bootstrap. */
  readonly stationary: number;
  /** For the circular block bootstrap. */
  readonly circular: number;
}

/** Automatic block length of Politis and White (2004), as corrected in 2009 (Patton, Politis and White). At least 1. */
export function blockLength(returns: Float64Array): BlockLength {
  const n = returns.length;
  const run = Math.max(5, Math.floor(Math.log10(n)));
  const longest = Math.min(n - 1, Math.ceil(Math.sqrt(n)) + run);
  const threshold = 2 * Math.sqrt(Math.log10(n) / n);
  const covariances = autocovariances(returns, Math.min(n - 1, longest + run));
  const lag = lastNoticeable(covariances, threshold, run, longest);
  const bandwidth = Math.min(2 * Math.max(lag, 1), longest);
  let slope = 0;
  let density = covariances[0];
  for (let k = 1; k <= bandwidth; k++) {
    const weight = k <= bandwidth / 2 ? 1 : 2 * (1 - k / bandwidth); // flat top
    slope += 2 * weight * k * covariances[k];
    density += 2 * weight * covariances[k];
  }
  const limit = Math.ceil(Math.min(3 * Math.sqrt(n), n / 3));
  const lengthOf = (factor: number): number => {
    const length = Math.cbrt(factor * (slope / density) ** 2 * n);
    return Number.isNaN(length) ? 1 : Math.min(Math.max(length, 1), limit);
  };
  return { lag, bandwidth, threshold, stationary: lengthOf(1), circular: lengthOf(1.5) };
}

/** The smallest lag after which the next `run` autocorrelations are all noise. */
function lastNoticeable(covariances: Float64Array, threshold: number, run: number, longest: number): number {
  const bound = threshold * covariances[0];
  for (let lag = 0; lag <= longest; lag++) {
    let k = 1;
    while (k <= run && !(Math.abs(covariances[lag + k]) >= bound)) k++;
    if (k > run) return lag;
  }
  return longest;
}

/** Divisor n at every lag. */
function autocovariances(returns: Float64Array, lags: number): Float64Array {
  const n = returns.length;
  const mean = exactSum(returns) / n;
  return Float64Array.from({ length: lags + 1 }, (_, lag) => {
    let sum = 0;
    for (let i = lag; i < n; i++) sum += (returns[i] - mean) * (returns[i - lag] - mean);
    return sum / n;
  });
}
