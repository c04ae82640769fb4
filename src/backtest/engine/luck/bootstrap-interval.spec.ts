import { bootstrapInterval, resample, totalReturnOf } from './bootstrap-interval.js';

describe('bootstrapInterval', () => {
  it('has quantiles, and quantiles mirrored around what was seen', () => {
    const { percentile, basic, standardError, notAboveZero } = bootstrapInterval(1, Float64Array.of(4, 0, 3, 1, 2), 0.5);
    expect([percentile, basic, notAboveZero]).toEqual([[1, 3], [-1, 1], 0.2]);
    expect(standardError).toBeCloseTo(Math.sqrt(2.5), 14);
  });
});

describe('resample', () => {
  it('asks the statistic of the returns in the given rows', () => {
    expect([...resample(Float64Array.of(0.1, 0.5), [[0, 0], [1, 0]], totalReturnOf)].map((value) => Math.round(value * 100))).toEqual([21, 65]);
  });
});
