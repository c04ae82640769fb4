import fc from 'fast-check';

import { equityMetrics, type EquityOptions } from './equity-metrics.js';

const DAILY: EquityOptions = { periodsPerYear: 365, years: 1 };

function metrics(equity: readonly number[], options: Partial<EquityOptions> = {}) {
  return equityMetrics(Float64Array.from(equity), { ...DAILY, ...options });
}

describe('equityMetrics', () => {
  it('follows its formulas on a curve that fits on a line', () => {
    // Returns 0.1, -0.1, 0.1: mean 1/30; deviations 2/30, -4/30, 2/30: sum of squares 24/900, over 2: variance 12/900.
    const { totalReturn, cagr, meanReturn, deviation, sharpe, downsideDeviation, sortino, drawdown } = metrics([100, 110, 99, 108.9], {
      periodsPerYear: 4,
      years: 0.75,
    });
    const mean = 0.1 / 3;
    expect(totalReturn).toBeCloseTo(0.089, 12);
    expect(cagr).toBeCloseTo(1.089 ** (4 / 3) - 1, 12);
    expect(meanReturn).toBeCloseTo(mean, 12);
    expect(deviation).toBeCloseTo(Math.sqrt(12 / 900), 12);
    expect(sharpe).toBeCloseTo((mean / Math.sqrt(12 / 900)) * 2, 12);
    // Shortfalls 0, 0.1, 0 over all three returns.
    expect(downsideDeviation).toBeCloseTo(Math.sqrt(0.01 / 3), 12);
    expect(sortino).toBeCloseTo((mean / Math.sqrt(0.01 / 3)) * 2, 12);
    // 100, 110, 99: drawdown 11/110 = 10 %.
    expect(drawdown).toEqual({ depth: 1 - 99 / 110, peak: 1, trough: 2, recovery: null });
  });

  it('takes the risk-free rate and the target per year', () => {
    // 21 % a year in two periods is 10 % each: exactly the mean of 0, 0.2.
    const { sharpe, sortino } = metrics([100, 100, 120], { periodsPerYear: 2, riskFree: 0.21, target: 0.21 });
    expect(sharpe).toBeCloseTo(0, 12);
    expect(sortino).toBeCloseTo(0, 12);
  });

  it.each([
    { equity: [100], why: 'one point', null: ['meanReturn', 'deviation', 'volatility', 'sharpe', 'downsideDeviation', 'sortino', 'calmar'] },
    { equity: [100, 110], why: 'one return', null: ['deviation', 'volatility', 'sharpe', 'sortino', 'calmar'] },
    { equity: [100, 100, 100], why: 'a curve that never moves', null: ['sharpe', 'sortino', 'calmar'] },
    { equity: [100, 101, 103], why: 'a curve that never falls', null: ['sortino', 'calmar'] },
    { equity: [1, 2, 4, 8, 16], why: 'equal returns', null: ['sharpe', 'sortino', 'calmar'] },
    { equity: [100, 110, 121, 133.1, 146.41], why: 'returns equal but for rounding', null: ['sharpe', 'sortino', 'calmar'] },
  ])('has null and no zero or infinity for $why', ({ equity, null: undefinedOnes }) => {
    const { drawdown: _, ...figures } = metrics(equity);
    const nulls = Object.entries(figures).filter(([, value]) => value === null);
    expect(nulls.map(([name]) => name)).toEqual(undefinedOnes);
    expect(Object.values(figures).every((value) => value === null || Number.isFinite(value))).toBe(true);
  });

  it('has no CAGR where no time has passed', () => {
    expect(metrics([100, 110], { years: 0 }).cagr).toBeNull();
  });

  it.each([
    { equity: [100, 80, 100, 80, 120], peak: 0, trough: 1, recovery: 2, why: 'of equal falls the first' },
    { equity: [100, 90, 95, 81, 99, 100], peak: 0, trough: 3, recovery: 5, why: 'from the running peak, not from the last high' },
    { equity: [100, 90, 200, 150], peak: 2, trough: 3, recovery: null, why: 'the deepest in share, and not recovered' },
    { equity: [100, 100, 50, 100], peak: 0, trough: 2, recovery: 3, why: 'the first of equal points is the peak' },
  ])('finds the largest fall: $why', ({ equity, peak, trough, recovery }) => {
    expect(metrics(equity).drawdown).toMatchObject({ peak, trough, recovery });
  });

  it('knows a small spread around a large mean: the one-pass variance would have no digit left', () => {
    // Twenty returns, 1 and 1 + 1e-7 in turn: half of 1e-7 away from the mean, each.
    const equity = [1];
    for (let i = 0; i < 20; i++) equity.push(equity[i] * (i % 2 === 0 ? 2 : 2 + 1e-7));
    const exact = 0.5e-7 * Math.sqrt(20 / 19);
    expect(Math.abs((metrics(equity).deviation as number) / exact - 1)).toBeLessThan(1e-7);
  });

  it('agrees with a two-pass computation from the definitions', () => {
    const curves = fc.array(fc.integer({ min: 50, max: 150 }), { minLength: 3, maxLength: 80, size: 'max' });
    fc.assert(
      fc.property(curves, (curve) => {
        const returns = curve.slice(1).map((value, i) => value / curve[i] - 1);
        const mean = returns.reduce((sum, r) => sum + r, 0) / returns.length;
        const deviation = Math.sqrt(returns.reduce((sum, r) => sum + (r - mean) ** 2, 0) / (returns.length - 1));
        const downside = Math.sqrt(returns.reduce((sum, r) => sum + Math.min(r, 0) ** 2, 0) / returns.length);
        const depth = Math.max(...curve.map((value, i) => 1 - value / Math.max(...curve.slice(0, i + 1))));
        const found = metrics(curve);
        expect(found.meanReturn).toBeCloseTo(mean, 12);
        expect(found.deviation).toBeCloseTo(deviation, 12);
        expect(found.downsideDeviation).toBeCloseTo(downside, 12);
        expect(found.drawdown.depth).toBeCloseTo(depth, 12);
        if (deviation > 1e-9) expect(found.sharpe).toBeCloseTo((mean / deviation) * Math.sqrt(365), 8);
      }),
      { numRuns: 300 },
    );
  });
});
