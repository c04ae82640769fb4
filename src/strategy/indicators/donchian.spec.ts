import { donchian } from './donchian.js';

describe('donchian', () => {
  it('spans the highs and lows of the window, the current bar included', () => {
    const { upper, middle, lower } = donchian(Float64Array.of(10, 12, 11), Float64Array.of(8, 9, 7), 2);
    expect([[...upper], [...middle], [...lower]]).toEqual([
      [NaN, 12, 12],
      [NaN, 10, 9.5],
      [NaN, 8, 7],
    ]);
  });
});
