import fc from 'fast-check';

import { normalCdf } from './normal.js';
import { studentDistance, studentTwoSided } from './student.js';

describe('studentTwoSided', () => {
  it('has closed forms for 1 and 2 degrees', () => {
    expect(studentTwoSided(1, 1)).toBeCloseTo(0.5, 13); // Cauchy: half of it lies within 1
    expect(studentTwoSided(3, 2)).toBeCloseTo(1 - 3 / Math.sqrt(2 + 9), 13);
  });

  it('does not care for the sign and is 1 at 0', () => {
    expect(studentTwoSided(-2, 7)).toBe(studentTwoSided(2, 7));
    expect(studentTwoSided(0, 7)).toBe(1);
  });

  it('approaches the normal distribution', () => {
    expect(studentTwoSided(2, 1e7)).toBeCloseTo(2 * normalCdf(-2), 7);
  });
});

describe('studentDistance', () => {
  it('undoes it', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-9, max: 1, noNaN: true }), fc.integer({ min: 1, max: 3000 }), (p, degrees) => {
        expect(Math.abs(studentTwoSided(studentDistance(p, degrees), degrees) / p - 1)).toBeLessThan(1e-9);
      }),
    );
  });

  it('is 0 where everything is further away, and infinite where nothing is', () => {
    expect([studentDistance(1, 9), studentDistance(0, 9)]).toEqual([0, Infinity]);
  });
});
