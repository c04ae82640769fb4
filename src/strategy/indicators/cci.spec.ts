import { cci } from './cci.js';

describe('cci', () => {
  it('counts mean absolute deviations', () => {
    // Typical prices 1, 3: mean 2, deviation 1, (3 - 2) / 0.015
    const prices = Float64Array.of(1, 3);
    const found = cci(prices, prices, prices, 2);
    expect(found[0]).toBe(NaN);
    expect(found[1]).toBeCloseTo(1 / 0.015, 10);
  });

  it.each([1e-8, 0.1, 1e8])('is 0 where nothing moves, at a price of %f', (price) => {
    const still = new Float64Array(5).fill(price);
    expect([...cci(still, still, still, 3)]).toEqual([NaN, NaN, 0, 0, 0]);
  });
});
