import { supertrend } from './supertrend.js';

describe('supertrend', () => {
  it('follows with one band until a close beyond it, then with the other', () => {
    // Window and multiplier 1. Row 1: range 2, bands 9 and 13, falling at first.
    // Row 2: range 4, bands 10 and 18; the upper one stays at 13, and the close of 15 is above it.
    // Row 3: range 7, bands 4 and 18; the lower one stays at 10, and the close of 8 is below it.
    const [high, low, close] = [Float64Array.of(10, 12, 15, 14), Float64Array.of(10, 10, 13, 8), Float64Array.of(10, 11, 15, 8)];
    const { line, direction, turns } = supertrend(high, low, close, 1, 1, 0);
    expect([[...line], [...direction], [...turns]]).toEqual([
      [NaN, 13, 10, 18],
      [NaN, -1, 1, -1],
      [0, 0, 1, -1],
    ]);
  });

  it('does not turn because a market stands still for ever', () => {
    const close = Float64Array.of(10, 11, 12, 14, 17, 21, ...Array<number>(3000).fill(21));
    // Ranges 1 and 1: the upper band begins at 12 + 1, and the close of 14 is above it.
    const { turns } = supertrend(close, close, close, 2, 1, 0);
    expect([...turns].map((turn, row) => [row, turn]).filter(([, turn]) => turn !== 0)).toEqual([[3, 1]]);
  });
});
