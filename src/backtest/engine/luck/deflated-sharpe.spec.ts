import { deflatedSharpe } from './deflated-sharpe.js';
import { probabilisticSharpe } from './probabilistic-sharpe.js';

/** Example of the paper of 2014: 2.5 a year in 1250 days. */
const best = { sharpe: 2.5 / Math.sqrt(250), count: 1250, skew: -3, kurtosis: 10 };

describe('deflatedSharpe', () => {
  it.each([
    { trials: 100, probability: 0.9004 },
    { trials: 46, probability: 0.9505 },
  ])('is $probability for the best of $trials', ({ trials, probability }) => {
    expect(deflatedSharpe(best, trials, 0.5 / 250).probability).toBeCloseTo(probability, 4);
  });

  it('takes nothing off a single trial', () => {
    expect(deflatedSharpe(best, 1, 0.5 / 250)).toEqual({ threshold: 0, probability: probabilisticSharpe(best) });
  });
});
