import fc from 'fast-check';

import { exactSum } from './summation.js';

describe('exactSum', () => {
  it.each([
    { values: [], sum: 0, why: 'nothing adds up to 0' },
    { values: [1e16, 1, -1e16, 1], sum: 2, why: 'what cancels leaves the small ones whole' },
    { values: [1, 1e100, 1, -1e100], sum: 2, why: 'even where the small one comes first' },
    { values: [0.1, 0.2, 0.3, -0.6], sum: 2.7755575615628914e-17, why: 'the doubles themselves are added, not the decimals' },
  ])('$why', ({ values, sum }) => {
    expect(exactSum(values)).toBe(sum);
  });

  it('adds up cents without loss where the exact sum is a double', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -1e9, max: 1e9 }), { maxLength: 200, size: 'max' }), (units) => {
        // Multiples of 2^-10 below 2^53: exact in any order.
        expect(exactSum(units.map((unit) => unit / 1024))).toBe(units.reduce((sum, unit) => sum + unit, 0) / 1024);
      }),
    );
  });
});
