import { bollinger } from './bollinger.js';

describe('bollinger', () => {
  it('puts bands a number of deviations around the average', () => {
    // (2, 4): mean 3, deviation 1
    const { upper, middle, lower } = bollinger(Float64Array.of(2, 4), 2, 2, 0);
    expect([upper[1], middle[1], lower[1]]).toEqual([5, 3, 1]);
    expect([upper[0], middle[0], lower[0]]).toEqual([NaN, NaN, NaN]);
  });

  it('has no width where nothing moves', () => {
    const { upper, lower } = bollinger(new Float64Array(100).fill(0.1), 20, 2, 5);
    expect([upper[60], lower[60]]).toEqual([0.1, 0.1]);
  });
});
