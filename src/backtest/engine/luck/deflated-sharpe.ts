import { expectedMaximum } from './expected-maximum.js';
import { probabilisticSharpe } from './probabilistic-sharpe.js';
import type { ReturnShape } from './return-shape.js';

export interface DeflatedSharpe {
  /** Ratio per period that the best of as many worthless trials is expected to show. */
  readonly threshold: number;
  /** Probability that the true ratio is above the threshold. */
  readonly probability: number;
}

/**
 * Deflated Sharpe ratio (Bailey and Lopez de Prado 2014): how likely the best of many trials is to be more than luck.
 *
 * @param best the trial that was chosen
 * @param trials how many were made, all that were, or an effective number of them
 * @param trialVariance sample variance (N - 1) of their ratios per period
 */
export function deflatedSharpe(best: ReturnShape, trials: number, trialVariance: number): DeflatedSharpe {
  const threshold = Math.sqrt(trialVariance) * expectedMaximum(trials);
  return { threshold, probability: probabilisticSharpe(best, threshold) };
}
