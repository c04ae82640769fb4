import { rsi, rsiMemory } from './rsi.js';

describe('rsi', () => {
  it('is the share of gains in gains and losses', () => {
    // Changes +1, -1, +2: g = l = 0.5; then g = 1.25, l = 0.25.
    const found = rsi(Float64Array.of(1, 2, 1, 3), 2, 0);
    expect([...found.slice(0, 3)]).toEqual([NaN, NaN, 50]);
    expect(found[3]).toBeCloseTo(125 / 1.5, 12);
  });

  it.each([
    { values: [1, 2, 3, 4], strength: 100, why: 'only gains' },
    { values: [4, 3, 2, 1], strength: 0, why: 'only losses' },
    { values: [2, 2, 2, 2], strength: 50, why: 'nothing ever moved' },
  ])('$why: $strength', ({ values, strength }) => {
    expect([...rsi(Float64Array.from(values), 2, 0).slice(2)]).toEqual([strength, strength]);
  });

  it('keeps its value while a market stands still', () => {
    const values = Float64Array.of(1, 2, 1, 3, ...Array<number>(20).fill(3));
    expect(rsi(values, 2, 0)[23]).toBeCloseTo(125 / 1.5, 9);
  });

  it('remembers 46 * n bars and the one before', () => {
    expect(rsiMemory(14)).toBe(645);
  });
});
