import type { Random } from '../../../domain/random.js';
import { exactSum } from '../../../domain/summation.js';

/**
 * Rows to draw for one resample of a series (Politis and Romano 1994): start anywhere, then go on to the next row, around the end to the
 * beginning, or with probability 1 / `expectedBlock` jump anywhere. Keeps what neighbouring returns have to do with each other.
 *
 * @param rows filled in place, so that ten thousand resamples need no memory
 */
export function drawStationary(rows: Int32Array, expectedBlock: number, random: Random): void {
  const n = rows.length;
  const restart = 1 / expectedBlock;
  let row = 0;
  for (let i = 0; i < n; i++) {
    row = i === 0 || random.float() < restart ? random.integer(n) : (row + 1) % n;
    rows[i] = row;
  }
}

/** The variance that the mean of such a resample has, exactly: what simulations have to come close to. */
export function stationaryVarianceOfMean(returns: Float64Array, expectedBlock: number): number {
  const n = returns.length;
  const mean = exactSum(returns) / n;
  const stay = 1 - 1 / expectedBlock;
  let variance = circularCovariance(returns, mean, 0);
  for (let k = 1, together = stay; k < n && together > 1e-18; k++, together *= stay) {
    variance += 2 * (1 - k / n) * together * circularCovariance(returns, mean, k);
  }
  return variance / n;
}

function circularCovariance(returns: Float64Array, mean: number, lag: number): number {
  const n = returns.length;
  let sum = 0;
  for (let i = 0; i < n; i++) sum += (returns[i] - mean) * (returns[(i + lag) % n] - mean);
  return sum / n;
}
