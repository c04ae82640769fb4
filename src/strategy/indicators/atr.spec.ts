import { atr, atrMemory } from './atr.js';

describe('atr', () => {
  it('averages true ranges from the second bar on', () => {
    const [high, low, close] = [Float64Array.of(10, 12, 9, 9), Float64Array.of(8, 11, 7, 7), Float64Array.of(9, 11, 8, 8)];
    // True ranges 3, 4, 2: mean 3.5, then 3.5 + (2 - 3.5) / 2
    expect([...atr(high, low, close, 2, 0)]).toEqual([NaN, NaN, 3.5, 2.75]);
  });

  it('remembers 46 * n bars and the close before', () => {
    expect(atrMemory(14)).toBe(645);
  });
});
