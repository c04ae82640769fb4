import type { ResultLuck } from '../backtest/result-luck.js';
import { luckSentences } from './luck-text.js';

function luck(sharpe: number, interval: [number, number], change: Partial<ResultLuck> = {}, probability = 0.774): ResultLuck {
  return { sharpe: { shape: { sharpe: sharpe / 19, count: 365, skew: 0, kurtosis: 3 }, sharpe, interval, probability, block: 2, resamples: 1000 }, per: 'day', closedTrades: 38, tries: null, deflated: null, ...change };
}

describe('luckSentences', () => {
  it.each([
    { interval: [-0.4, 2.1] as [number, number], says: 'With 38 closed trades this could be luck: Sharpe 0.90 a year, 90 % interval -0.40 … 2.10 (365 daily returns, stationary bootstrap).' },
    { interval: [0.1, 2.1] as [number, number], says: 'On 38 closed trades luck alone hardly explains it: Sharpe 0.90 a year, 90 % interval 0.10 … 2.10 (365 daily returns, stationary bootstrap).' },
    { interval: [-3, -0.2] as [number, number], says: 'On 38 closed trades bad luck alone hardly explains it: Sharpe 0.90 a year, 90 % interval -3.00 … -0.20 (365 daily returns, stationary bootstrap).' },
  ])('judges $interval by where zero lies', ({ interval, says }) => expect(luckSentences(luck(0.9, interval))[0]).toBe(says));

  it('never calls anything certain', () => {
    const chances = [0.774, 0.99999, 0.00001].map((probability) => luckSentences(luck(1, [0, 2], {}, probability))[1]);
    expect(chances.map((text) => /zero: (.*) \(probabilistic/.exec(text)?.[1])).toEqual(['77.4 %', 'more than 99.9 %', 'less than 0.1 %']);
  });

  it('measures the best of many tries against the best of as many worthless ones', () => {
    const deflated = { threshold: 0.1, thresholdPerYear: 1.91, probability: 0.41 };
    expect(luckSentences(luck(0.9, [-0.4, 2.1], { tries: 14, deflated }))[2]).toBe(
      '14 sets of parameters were tried with this strategy on this market: the best of so many worthless ones would show 1.91, and the chance of being really above that is 41.0 % (deflated Sharpe ratio).',
    );
    expect(luckSentences(luck(0.9, [-0.4, 2.1], { tries: 2 }))[2]).toContain('none of which can be compared');
  });

  it('says nothing of a first try, nor where nothing can be said', () => {
    expect(luckSentences(luck(0.9, [-0.4, 2.1], { tries: 1 }))).toHaveLength(2);
    expect(luckSentences({ sharpe: null, per: 'day', closedTrades: 0, tries: 9, deflated: null })).toEqual([]);
  });
});
