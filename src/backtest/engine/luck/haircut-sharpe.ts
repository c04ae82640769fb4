import type { Adjustment } from './multiple-testing.js';
import { sidakOf } from './multiple-testing.js';
import { normalCdf, normalQuantile } from './normal.js';
import { studentDistance, studentTwoSided } from './student.js';

/** What is left of a Sharpe ratio once it is known how many were tried (Harvey and Liu 2015). */
export interface HaircutSharpe {
  /** t statistic of the ratio. */
  readonly t: number;
  /** Two-sided p-value of one test, and of this one among all. */
  readonly p: number;
  readonly adjusted: number;
  /** Annual ratio that would have the adjusted p-value on its own. */
  readonly sharpe: number;
  /** Share that was cut away; null for a ratio of 0. */
  readonly haircut: number | null;
}

export interface Sample {
  /** Returns in the sample. */
  readonly count: number;
  readonly periodsPerYear: number;
}

/**
 * Every ratio of a family of tests, cut by one of the adjustments for many tests. Student's distribution with n - 1 degrees.
 *
 * @param annualSharpes of every trial that was made, not only of those that were kept
 */
export function haircutSharpes(annualSharpes: readonly number[], { count, periodsPerYear }: Sample, adjust: Adjustment): HaircutSharpe[] {
  const scale = Math.sqrt(count / periodsPerYear);
  const pValues = annualSharpes.map((sharpe) => studentTwoSided(sharpe * scale, count - 1));
  return adjust(pValues).map((adjusted, i) => cut(annualSharpes[i], scale, pValues[i], adjusted, studentDistance(adjusted, count - 1)));
}

/** One ratio, the best of `trials` of which nothing else is known: normal distribution and Sidak's adjustment. */
export function haircutBest(annualSharpe: number, { count, periodsPerYear }: Sample, trials: number): HaircutSharpe {
  const scale = Math.sqrt(count / periodsPerYear);
  const p = 2 * normalCdf(-Math.abs(annualSharpe * scale));
  const adjusted = sidakOf(p, trials);
  return cut(annualSharpe, scale, p, adjusted, -normalQuantile(adjusted / 2));
}

/** @param distance from 0 of the t statistic that is left */
function cut(annualSharpe: number, scale: number, p: number, adjusted: number, distance: number): HaircutSharpe {
  const sharpe = (Math.sign(annualSharpe) * distance) / scale;
  return { t: annualSharpe * scale, p, adjusted, sharpe, haircut: annualSharpe === 0 ? null : 1 - sharpe / annualSharpe };
}
