import { vwap } from './vwap.js';

describe('vwap', () => {
  it('weighs prices by volume', () => {
    // (1 * 1 + 3 * 3) / 4
    const prices = Float64Array.of(1, 3);
    expect([...vwap(prices, prices, prices, Float64Array.of(1, 3), 2, 0)]).toEqual([NaN, 2.5]);
  });

  it('is undefined where nothing was traded', () => {
    const prices = Float64Array.of(1, 3, 3, 4);
    expect([...vwap(prices, prices, prices, Float64Array.of(1, 0, 0, 2), 2, 0)]).toEqual([NaN, 1, NaN, 4]);
  });
});
