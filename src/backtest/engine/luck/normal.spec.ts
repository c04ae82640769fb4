import fc from 'fast-check';

import { normalCdf, normalQuantile } from './normal.js';

describe('normalCdf', () => {
  it.each([
    { x: 0, p: 0.5 },
    { x: 1.959963984540054, p: 0.975 },
    { x: -3.090232306167813, p: 0.001 },
    { x: -10, p: 7.619853024160527e-24 },
    { x: -40, p: 0 },
  ])('of $x is $p', ({ x, p }) => {
    expect(Math.abs(normalCdf(x) - p)).toBeLessThanOrEqual(1e-13 * p);
  });

  it('is smooth where the series hands over to the continued fraction', () => {
    const [series, fraction] = [normalCdf(-3), normalCdf(-3 - 1e-12)];
    expect(Math.abs(fraction / series - 1)).toBeLessThan(1e-11);
  });
});

describe('normalQuantile', () => {
  it('undoes the distribution function', () => {
    fc.assert(
      fc.property(fc.double({ min: -30, max: 0, noNaN: true }), (exponent) => {
        const p = 0.5 * Math.exp(exponent);
        expect(Math.abs(normalCdf(normalQuantile(p)) / p - 1)).toBeLessThan(1e-12);
        expect(normalQuantile(p)).toBeLessThanOrEqual(0);
      }),
    );
  });

  it.each([
    { p: 0, x: -Infinity },
    { p: 1, x: Infinity },
    { p: 1.1, x: NaN },
    { p: NaN, x: NaN },
  ])('of $p is $x', ({ p, x }) => {
    expect(normalQuantile(p)).toBe(x);
  });
});
