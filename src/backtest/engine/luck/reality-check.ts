import { exactSum } from '../../../domain/summation.js';
import { stationaryVarianceOfMean } from './stationary-bootstrap.js';

/** Whether the best of many strategies beats the benchmark by more than the choosing explains (White 2000). */
export interface RealityCheck {
  /** sqrt(n) * largest mean. */
  readonly statistic: number;
  /** The same of every resample, each strategy less its own mean. */
  readonly resampled: Float64Array;
  /** Share of resamples not below the statistic. */
  readonly pValue: number;
}

/** The test for superior predictive ability (Hansen 2005): studentised, and not dulled by hopeless strategies. */
export interface SuperiorAbility {
  /** Standard deviation of sqrt(n) * mean of every strategy. */
  readonly omega: Float64Array;
  readonly statistic: number;
  /** Studentised means below this are too bad to matter. */
  readonly threshold: number;
  /** p-values by the three ways to centre; `consistent` is the one to use, the others bound it. */
  readonly lower: number;
  readonly consistent: number;
  readonly upper: number;
}

/**
 * @param excess returns of every strategy less the benchmark's, columns of equal length
 * @param indices rows of every resample
 */
export function realityCheck(excess: readonly Float64Array[], indices: readonly ArrayLike<number>[]): RealityCheck {
  const root = Math.sqrt(excess[0].length);
  const means = excess.map(meanOf);
  const statistic = root * Math.max(...means);
  const resampled = Float64Array.from(indices, (rows) => root * largest(excess, (returns, k) => meanOfRows(returns, rows) - means[k]));
  return { statistic, resampled, pValue: resampled.filter((value) => value >= statistic).length / resampled.length };
}

/** @param expectedBlock of the resamples, for the exact variance of the means; strategies that do not vary are left out */
export function superiorAbility(excess: readonly Float64Array[], indices: readonly ArrayLike<number>[], expectedBlock: number): SuperiorAbility {
  const n = excess[0].length;
  const root = Math.sqrt(n);
  const means = excess.map(meanOf);
  const omega = Float64Array.from(excess, (returns) => Math.sqrt(n * stationaryVarianceOfMean(returns, expectedBlock)));
  const studentised = (mean: number, k: number): number => (omega[k] > 0 ? (root * mean) / omega[k] : -Infinity);
  const threshold = -Math.sqrt(2 * Math.log(Math.log(n)));
  const statistic = Math.max(0, ...means.map(studentised));
  const pValue = (centre: (mean: number, k: number) => number): number => {
    const centres = means.map(centre);
    const above = indices.filter((rows) => largest(excess, (returns, k) => studentised(meanOfRows(returns, rows) - centres[k], k)) > statistic);
    return above.length / indices.length;
  };
  return {
    omega,
    statistic,
    threshold,
    lower: pValue((mean) => Math.max(mean, 0)),
    consistent: pValue((mean, k) => (studentised(mean, k) >= threshold ? mean : 0)),
    upper: pValue((mean) => mean),
  };
}

function largest(columns: readonly Float64Array[], value: (returns: Float64Array, k: number) => number): number {
  let most = -Infinity;
  for (let k = 0; k < columns.length; k++) most = Math.max(most, value(columns[k], k));
  return most;
}

function meanOf(returns: Float64Array): number {
  return exactSum(returns) / returns.length;
}

function meanOfRows(returns: Float64Array, rows: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < rows.length; i++) sum += returns[rows[i]];
  return sum / rows.length;
}
