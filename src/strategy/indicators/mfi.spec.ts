import { mfi } from './mfi.js';

describe('mfi', () => {
  it('is the share of the money that flowed in', () => {
    // Typical prices 1, 2, 1, 1: in 2 * 1, out 1 * 3, then nothing: 2 / 5, then 0 / 3.
    const prices = Float64Array.of(1, 2, 1, 1);
    expect([...mfi(prices, prices, prices, Float64Array.of(1, 1, 3, 9), 2, 0)]).toEqual([NaN, NaN, 40, 0]);
  });

  it('is in the middle where no money flowed', () => {
    const prices = Float64Array.of(1, 2, 1, 1, 1);
    expect(mfi(prices, prices, prices, Float64Array.of(1, 1, 3, 9, 9), 2, 0)[4]).toBe(50);
    expect(mfi(prices, prices, prices, new Float64Array(5), 2, 0)[3]).toBe(50);
  });
});
