import { wma } from './wma.js';

describe('wma', () => {
  it('weighs the newest value most', () => {
    // (1 * 1 + 2 * 2 + 3 * 4) / 6 = 17 / 6; (1 * 2 + 2 * 4 + 3 * 1) / 6 = 13 / 6
    const found = wma(Float64Array.of(1, 2, 4, 1), 3, 0);
    expect([...found.slice(0, 2)]).toEqual([NaN, NaN]);
    expect(found[2]).toBeCloseTo(17 / 6, 12);
    expect(found[3]).toBeCloseTo(13 / 6, 12);
  });

  it('stands exactly where the price stands', () => {
    const values = Float64Array.from({ length: 200 }, (_, i) => (i < 50 ? Math.sin(i) : 0.1));
    expect(wma(values, 20, 7).slice(69).every((value) => value === 0.1)).toBe(true);
  });
});
