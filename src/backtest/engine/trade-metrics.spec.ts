import { tradeMetrics } from './trade-metrics.js';

describe('tradeMetrics', () => {
  it('counts, adds and divides as anyone would by hand', () => {
    // Wins 30 + 10 + 20 = 60, losses 10 + 5 = 15; mean 45 / 6 = 7.5.
    // Deviations 22.5, -17.5, 2.5, -12.5, 12.5, -7.5: squares add up to 1187.5, variance 237.5.
    const metrics = tradeMetrics([30, -10, 10, -5, 20, 0]);
    expect(metrics).toEqual({
      trades: 6,
      wins: 3,
      losses: 2,
      winRate: 0.5, // the trade that broke even counts in the denominator
      grossProfit: 60,
      grossLoss: 15,
      profitFactor: 4,
      expectancy: 7.5,
      sqn: expect.closeTo((Math.sqrt(6) * 7.5) / Math.sqrt(237.5), 12),
      longestWinningStreak: 1,
      longestLosingStreak: 1,
    });
  });

  it.each([
    { profits: [], why: 'no trades', metrics: { trades: 0, winRate: null, profitFactor: null, expectancy: null, sqn: null } },
    { profits: [5], why: 'one trade', metrics: { winRate: 1, profitFactor: null, expectancy: 5, sqn: null } },
    { profits: [5, 5, 5], why: 'trades that never vary', metrics: { expectancy: 5, sqn: null, longestWinningStreak: 3 } },
    { profits: [0.1, 0.1, 0.1], why: 'trades that vary by rounding alone', metrics: { sqn: null } },
    { profits: [-1, -2], why: 'losses alone', metrics: { winRate: 0, profitFactor: 0, longestLosingStreak: 2 } },
    { profits: [0, 0], why: 'nothing won or lost', metrics: { wins: 0, losses: 0, winRate: 0, profitFactor: null, sqn: null } },
  ])('is null where nothing is defined: $why', ({ profits, metrics }) => {
    expect(tradeMetrics(profits)).toMatchObject(metrics);
  });

  it('ends a streak at a trade that broke even', () => {
    expect(tradeMetrics([1, 1, 0, 1, -1, -1, -1, 0, -1])).toMatchObject({ longestWinningStreak: 2, longestLosingStreak: 3 });
  });
});
