import { dema, demaMemory } from './dema.js';

describe('dema', () => {
  it('follows a straight line without lag', () => {
    // Window 2: e1 = 1.5, 2.5, 3.5; e2 = 2, 3; 2 * e1 - e2 = 3, 4.
    const found = dema(Float64Array.of(1, 2, 3, 4), 2, 0);
    expect([...found.slice(0, 2)]).toEqual([NaN, NaN]);
    expect(found[2]).toBeCloseTo(3, 12);
    expect(found[3]).toBeCloseTo(4, 12);
  });

  it('remembers what two averages in a chain remember', () => {
    expect(demaMemory(9)).toBe(2 * 230);
  });
});
