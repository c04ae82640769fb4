import { keltner } from './keltner.js';

describe('keltner', () => {
  it('puts true ranges around the average of closes', () => {
    const [high, low, close] = [Float64Array.of(10, 12, 9), Float64Array.of(8, 11, 7), Float64Array.of(9, 11, 8)];
    // EMA 2: 10, then 10 + 2/3 * (8 - 10); ATR 2: 3.5
    const { upper, middle, lower } = keltner(high, low, close, { ema: 2, atr: 2 }, 2, 0);
    expect([upper[1], middle[1], lower[1]]).toEqual([NaN, NaN, NaN]);
    expect(upper[2]).toBeCloseTo(26 / 3 + 7, 12);
    expect(middle[2]).toBeCloseTo(26 / 3, 12);
    expect(lower[2]).toBeCloseTo(26 / 3 - 7, 12);
  });
});
