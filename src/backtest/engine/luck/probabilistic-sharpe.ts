import { normalCdf, normalQuantile } from './normal.js';
import type { ReturnShape } from './return-shape.js';

/** Variance of a Sharpe ratio times the number of observations, when the true ratio is `sharpe` (Mertens 2002). */
function spread(sharpe: number, { skew, kurtosis }: Pick<ReturnShape, 'skew' | 'kurtosis'>): number {
  return 1 - skew * sharpe + ((kurtosis - 1) / 4) * sharpe * sharpe;
}

/** Standard error of a Sharpe ratio per period. */
export function sharpeError(shape: ReturnShape): number {
  return Math.sqrt(spread(shape.sharpe, shape) / (shape.count - 1));
}

/**
 * Probability that the true Sharpe ratio is above `benchmark`, given the one that was seen (Bailey and Lopez de Prado 2012). Of the best
 * of many trials it says nothing: see `deflatedSharpe`.
 *
 * @param benchmark per period, like the ratio
 */
export function probabilisticSharpe(shape: ReturnShape, benchmark = 0): number {
  return normalCdf((shape.sharpe - benchmark) / sharpeError(shape));
}

/**
 * The form of 2025 (Lopez de Prado, Lipton, Zoonekynd): the variance is that of the null hypothesis, so the benchmark stands in it, and
 * returns may depend on the ones before.
 *
 * @param autocorrelation of first order, in (-1, 1)
 */
export function probabilisticSharpeNull({ sharpe, count, skew, kurtosis }: ReturnShape, benchmark = 0, autocorrelation = 0): number {
  const once = autocorrelation / (1 - autocorrelation);
  const twice = autocorrelation ** 2 / (1 - autocorrelation ** 2);
  const variance = 1 + 2 * once - (1 + once + twice) * skew * benchmark + ((1 + 2 * twice) * (kurtosis - 1) * benchmark ** 2) / 4;
  return normalCdf((sharpe - benchmark) / Math.sqrt(variance / count));
}

/**
 * Observations needed until a ratio like this one is above `benchmark` with this confidence.
 *
 * @returns null when it is not above: no length would do
 */
export function minimumTrackRecord(shape: Omit<ReturnShape, 'count'>, benchmark: number, confidence: number): number | null {
  if (!(shape.sharpe > benchmark)) return null;
  return 1 + spread(shape.sharpe, shape) * (normalQuantile(confidence) / (shape.sharpe - benchmark)) ** 2;
}
