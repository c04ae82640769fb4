import { macd, macdMemory } from './macd.js';

describe('macd', () => {
  it('is fast less slow, its average, and what is between them', () => {
    // Windows 1, 2 and 2: the fast average is the price; slow = 3, 19/3; line = 1, 5/3; signal = 4/3.
    const { line, signal, histogram } = macd(Float64Array.of(2, 4, 8), 1, 2, 2, 0);
    expect([line[0], line[1], signal[1], histogram[1]]).toEqual([NaN, 1, NaN, NaN]);
    expect(line[2]).toBeCloseTo(5 / 3, 12);
    expect(signal[2]).toBeCloseTo(4 / 3, 12);
    expect(histogram[2]).toBeCloseTo(1 / 3, 12);
  });

  it('remembers the slow average and the signal in a chain', () => {
    expect(macdMemory(26, 9)).toBe(851);
  });
});
