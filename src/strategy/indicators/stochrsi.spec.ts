import { stochRsi } from './stochrsi.js';

describe('stochRsi', () => {
  it('places the strength index in its own range', () => {
    // RSI 1 of 1, 2, 1, 3: 100, 0, 100; over two bars it is at the bottom, then at the top.
    const { k, d } = stochRsi(Float64Array.of(1, 2, 1, 3), { rsi: 1, range: 2, d: 2 }, 0);
    expect([[...k], [...d]]).toEqual([
      [NaN, NaN, 0, 100],
      [NaN, NaN, NaN, 50],
    ]);
  });

  it('is in the middle where the index does not move', () => {
    expect(stochRsi(Float64Array.of(1, 2, 3, 4), { rsi: 1, range: 2, d: 1 }, 0).k[3]).toBe(50);
  });
});
