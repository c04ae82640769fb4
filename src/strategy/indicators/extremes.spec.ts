import fc from 'fast-check';

import { extremeRows, highest, lowest } from './extremes.js';

describe('highest and lowest', () => {
  it('look at the last rows, the current one included', () => {
    expect([...highest(Float64Array.of(1, 3, 2, 1), 2)]).toEqual([NaN, 3, 3, 2]);
    expect([...lowest(Float64Array.of(1, 3, 2, 1), 2)]).toEqual([NaN, 1, 2, 1]);
  });

  it('start after leading undefined values', () => {
    expect([...highest(Float64Array.of(NaN, 1, 3), 2)]).toEqual([NaN, NaN, 3]);
    expect([...highest(Float64Array.of(1, 3), 3)]).toEqual([NaN, NaN]);
  });
});

describe('extremeRows', () => {
  it('names the most recent of equal extremes', () => {
    expect([...extremeRows(Float64Array.of(3, 3, 1), 3, 1)]).toEqual([-1, -1, 1]);
  });

  it('is its definition', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 6 }), { maxLength: 60 }), fc.integer({ min: 1, max: 12 }), fc.constantFrom(1 as const, -1 as const), (draws, window, sign) => {
        const values = Float64Array.from(draws);
        const expected = draws.map((_, i) => {
          if (i < window - 1) return -1;
          let best = i;
          for (let j = i; j > i - window; j--) if (sign * values[j] > sign * values[best]) best = j;
          return best;
        });
        expect([...extremeRows(values, window, sign)]).toEqual(expected);
      }),
    );
  });
});
