import { hma } from './hma.js';

describe('hma', () => {
  it('averages twice the fast average less the slow one', () => {
    // Window 4 over 1, 2, 4, 8, 16: WMA 2 = 20/3, 40/3; WMA 4 = 4.9, 9.8; differences 8.4333, 16.8667; WMA 2 of those.
    const found = hma(Float64Array.of(1, 2, 4, 8, 16), 4, 0);
    expect([...found.slice(0, 4)]).toEqual([NaN, NaN, NaN, NaN]);
    expect(found[4]).toBeCloseTo((40 / 3 - 4.9 + 2 * (80 / 3 - 9.8)) / 3, 12);
  });
});
