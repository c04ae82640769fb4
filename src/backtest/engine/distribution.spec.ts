import fc from 'fast-check';

import { autocorrelation, longestUnderwater, omegaOf, quantile, returnsOf, shapeOf, ulcerIndex, valueAtRisk } from './distribution.js';

describe('returnsOf', () => {
  it('has one value fewer than the curve has points', () => {
    expect([...returnsOf([100, 110, 99])]).toEqual([110 / 100 - 1, 99 / 110 - 1]);
    expect([returnsOf([100]).length, returnsOf([]).length]).toEqual([0, 0]);
  });
});

describe('shapeOf', () => {
  it('works with population moments, kurtosis not in excess', () => {
    // Mean 2; deviations -2, 0, 2, 0: variance 2, fourth moment 8, kurtosis 8 / 4 = 2.
    expect(shapeOf(Float64Array.of(0, 2, 4, 2))).toEqual({ mean: 2, deviation: Math.sqrt(2), skew: 0, kurtosis: expect.closeTo(2, 12) });
    // Mean 1; deviations -1, -1, -1, 3: variance 3, third moment 6, skew 6 / 3^1.5.
    expect(shapeOf(Float64Array.of(0, 0, 0, 4))?.skew).toBeCloseTo(6 / 3 ** 1.5, 12);
  });

  it.each([
    { values: [], why: 'no values' },
    { values: [1], why: 'one value' },
    { values: [0.1, 0.1, 0.1], why: 'values that are all the same' },
    { values: [1e8, 1e8 + 1e-8, 1e8], why: 'values that differ by rounding alone' },
  ])('is null for $why', ({ values }) => {
    expect(shapeOf(Float64Array.from(values))).toBeNull();
    expect(autocorrelation(Float64Array.from(values))).toBeNull();
  });
});

describe('quantile', () => {
  it.each([
    { values: [3, 1, 2], q: 0.5, expected: 2, why: 'sorts a copy' },
    { values: [10, 20], q: 0.25, expected: 12.5, why: 'interpolates' },
    { values: [10, 20, 30, 40, 50], q: 0.05, expected: 12, why: 'at 0.05 * 4 = 0.2 of the way from the first to the second' },
    { values: [7], q: 0.9, expected: 7, why: 'of one value is that value' },
    { values: [-1, -10, 9], q: 1, expected: 9, why: 'goes to the largest, by number and not by spelling' },
  ])('$why', ({ values, q, expected }) => {
    const before = [...values];
    expect(quantile(values, q)).toBeCloseTo(expected, 12);
    expect(values).toEqual(before);
  });

  it('never leaves the range and never falls as q rises', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 1, maxLength: 60, size: 'max' }), fc.double({ min: 0, max: 1, noNaN: true }), (values, q) => {
        expect(quantile(values, q)).toBeLessThanOrEqual(quantile(values, Math.min(1, q + 0.1)) + 1e-9);
        expect(quantile(values, q)).toBeGreaterThanOrEqual(Math.min(...values) - 1e-9);
        expect(quantile(values, q)).toBeLessThanOrEqual(Math.max(...values) + 1e-9);
      }),
    );
  });
});

describe('valueAtRisk', () => {
  it('is a loss, written positive', () => {
    // 5 % quantile of 21 returns is the second smallest: -0.09; the mean of -0.10 and -0.09 is -0.095.
    const returns = Float64Array.from({ length: 21 }, (_, i) => (i - 10) / 100);
    expect(valueAtRisk(returns)).toEqual({ valueAtRisk: expect.closeTo(0.09, 12), conditional: expect.closeTo(0.095, 12) });
  });

  it('does not exist without returns', () => {
    expect(valueAtRisk(new Float64Array())).toBeNull();
  });
});

describe('omegaOf', () => {
  it('is what was gained over what was lost', () => {
    expect(omegaOf(Float64Array.of(0.25, -0.125, 0.25, 0))).toBe(4);
    expect(omegaOf(Float64Array.of(-0.5))).toBe(0);
    expect(omegaOf(Float64Array.of(0.5, 0))).toBeNull();
  });
});

describe('autocorrelation', () => {
  it('is centred with the overall mean', () => {
    // 1, -1, 1, -1: products -1, -1, -1 over squares 4.
    expect(autocorrelation(Float64Array.of(1, -1, 1, -1))).toBeCloseTo(-0.75, 12);
  });
});

describe('drawdowns over time', () => {
  it('has the root mean square over all points as ulcer index', () => {
    // 100, 80, 100, 90: falls 0, 0.2, 0, 0.1: sqrt(0.05 / 4).
    expect(ulcerIndex([100, 80, 100, 90])).toBeCloseTo(Math.sqrt(0.05 / 4), 12);
  });

  it.each([
    { equity: [1, 2, 3], bars: 0, why: 'a curve that only rises is never under water' },
    { equity: [3, 2, 1, 3, 2], bars: 2, why: 'reaching the peak ends it' },
    { equity: [3, 3, 2, 2, 2], bars: 3, why: 'it counts from the last time at the peak' },
    { equity: [5, 4, 4, 4], bars: 3, why: 'and to the end where there is no recovery' },
  ])('$why', ({ equity, bars }) => {
    expect(longestUnderwater(equity)).toBe(bars);
  });
});
