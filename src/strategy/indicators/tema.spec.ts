import { tema, temaMemory } from './tema.js';

describe('tema', () => {
  it('follows a straight line without lag', () => {
    // Window 2: e1 = 1.5, 2.5, 3.5; e2 = 2, 3; e3 = 2.5; 3 * 3.5 - 3 * 3 + 2.5 = 4.
    const found = tema(Float64Array.of(1, 2, 3, 4), 2, 0);
    expect([...found.slice(0, 3)]).toEqual([NaN, NaN, NaN]);
    expect(found[3]).toBeCloseTo(4, 12);
  });

  it('remembers what three averages in a chain remember', () => {
    expect(temaMemory(9)).toBe(3 * 230);
  });
});
