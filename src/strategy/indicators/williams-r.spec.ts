import { williamsR } from './williams-r.js';

describe('williamsR', () => {
  it('is the distance from the top of the range, downwards', () => {
    // (12 - 12) / 4 = 0; (12 - 8) / 5 = 80 %
    const [high, low, close] = [Float64Array.of(10, 12, 11), Float64Array.of(8, 9, 7), Float64Array.of(9, 12, 8)];
    expect([...williamsR(high, low, close, 2)]).toEqual([NaN, 0, -80]);
  });

  it('is in the middle where there is no range', () => {
    const still = new Float64Array(3).fill(7);
    expect([...williamsR(still, still, still, 2)]).toEqual([NaN, -50, -50]);
  });
});
