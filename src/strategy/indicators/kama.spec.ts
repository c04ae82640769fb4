import { kama } from './kama.js';

describe('kama', () => {
  it('follows fast where every step goes one way', () => {
    // From 2: efficiency abs(3 - 1) / 2 = 1, share (2 / 3)^2 = 4 / 9.
    const found = kama(Float64Array.of(1, 2, 3), 2, 0);
    expect([...found.slice(0, 2)]).toEqual([NaN, NaN]);
    expect(found[2]).toBeCloseTo(2 + 4 / 9, 12);
  });

  it('hardly moves where steps cancel', () => {
    expect(kama(Float64Array.of(1, 2, 1), 2, 0)[2]).toBeCloseTo(2 - (2 / 31) ** 2, 12); // efficiency 0
  });

  it('stands still where nothing moves', () => {
    expect([...kama(Float64Array.of(5, 5, 5, 5), 2, 0)]).toEqual([NaN, NaN, 5, 5]);
  });
});
