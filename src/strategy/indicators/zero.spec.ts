import { clearlyAbove } from './zero.js';

describe('clearlyAbove', () => {
  it.each([
    { a: 0.1 + 0.2, b: 0.3, above: false, why: 'equal but for rounding' },
    { a: 100.00001, b: 100, above: true, why: 'a ten-millionth is more than rounding' },
    { a: 6.2e-7, b: 6.1e-7, above: true, why: 'at any price level' },
    { a: 1, b: 2, above: false, why: 'below' },
    { a: NaN, b: 1, above: false, why: 'undefined' },
    { a: 1, b: NaN, above: false, why: 'against something undefined' },
  ])('$why: $above', ({ a, b, above }) => {
    expect(clearlyAbove(a, b)).toBe(above);
  });

  it('takes the scale of what a small difference was made of', () => {
    expect([clearlyAbove(1e-9, 0, 1), clearlyAbove(1e-11, 0, 1)]).toEqual([true, false]);
  });
});
