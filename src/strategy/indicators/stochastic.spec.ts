import { stochastic } from './stochastic.js';

const [high, low, close] = [Float64Array.of(10, 12, 11), Float64Array.of(8, 9, 7), Float64Array.of(9, 12, 8)];

describe('stochastic', () => {
  it('places the close in the range and averages that', () => {
    // 100 * (12 - 8) / (12 - 8) = 100; 100 * (8 - 7) / (12 - 7) = 20
    const { k, d } = stochastic(high, low, close, { range: 2, smooth: 1, d: 2 }, 0);
    expect([[...k], [...d]]).toEqual([
      [NaN, 100, 20],
      [NaN, NaN, 60],
    ]);
  });

  it('smooths %K first where it is asked to', () => {
    const { k, d } = stochastic(high, low, close, { range: 2, smooth: 2, d: 1 }, 0);
    expect([k[1], k[2], d[2]]).toEqual([NaN, 60, 60]);
  });

  it.each([1e-8, 1, 1e8])('is in the middle where there is no range, at a price of %f', (price) => {
    const still = new Float64Array(5).fill(price);
    expect(stochastic(still, still, still, { range: 2, smooth: 1, d: 1 }, 0).k[4]).toBe(50);
  });
});
