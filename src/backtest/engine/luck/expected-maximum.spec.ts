import { exactExpectedMaximum, expectedMaximum, minimumBacktestYears } from './expected-maximum.js';

describe('expectedMaximum', () => {
  it('is 1 / sqrt(pi) for two, exactly, and close to that by the formula', () => {
    expect(exactExpectedMaximum(2)).toBeCloseTo(1 / Math.sqrt(Math.PI), 12);
    expect(expectedMaximum(2)).toBeCloseTo(0.52, 2);
  });

  it('is 0 for one', () => {
    expect(expectedMaximum(1)).toBe(0);
    expect(exactExpectedMaximum(1)).toBeCloseTo(0, 14);
  });

  it.each([10, 1000, 1e6])('is off by less than 3 %% of %d trials', (count) => {
    expect(Math.abs(expectedMaximum(count) / exactExpectedMaximum(count) - 1)).toBeLessThan(0.03);
  });
});

describe('minimumBacktestYears', () => {
  it('is 5 years for 45 trials and a ratio of 1', () => {
    expect(minimumBacktestYears(45, 1)).toBeCloseTo(5, 2);
  });
});
