import { aroon } from './aroon.js';

describe('aroon', () => {
  it('says how fresh the extremes of n + 1 bars are', () => {
    // Window 2: the highest of 1, 3, 2 is a bar old; the lowest is two bars old.
    const { up, down } = aroon(Float64Array.of(1, 3, 2), Float64Array.of(0, 2, 1), 2);
    expect([[...up], [...down]]).toEqual([
      [NaN, NaN, 50],
      [NaN, NaN, 0],
    ]);
  });

  it('takes the most recent of equal extremes', () => {
    const { up } = aroon(Float64Array.of(3, 3, 3), Float64Array.of(1, 1, 1), 2);
    expect(up[2]).toBe(100);
  });
});
