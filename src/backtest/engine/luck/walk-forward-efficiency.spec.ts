import { walkForwardEfficiency } from './walk-forward-efficiency.js';

describe('walkForwardEfficiency', () => {
  it('compares a year out of sample with a year in sample', () => {
    // A year of training each; half a year of testing each. 20 % in half a year are 44 % in a year, and back to nothing stitched.
    const found = walkForwardEfficiency(
      [{ totalReturn: 0.5, bars: 100 }, { totalReturn: -0.1, bars: 100 }],
      [{ totalReturn: 0.2, bars: 50 }, { totalReturn: 1 / 1.2 - 1, bars: 50 }],
      100,
    );
    expect(found.outOfSampleAnnual[0]).toBeCloseTo(0.44, 12);
    expect(found.stitchedReturn).toBeCloseTo(0, 12);
    expect(found.meanInSampleAnnual).toBeCloseTo(0.2, 12);
    expect(found.efficiency).toBeCloseTo(0, 12);
    expect(found.perWindow[0]).toBeCloseTo(0.88, 12);
    expect(found.perWindow[1]).toBeNull();
    expect(found.profitableShare).toBe(0.5);
  });

  it('does not divide by a loss', () => {
    expect(walkForwardEfficiency([{ totalReturn: -0.5, bars: 10 }], [{ totalReturn: -0.5, bars: 10 }], 10).efficiency).toBeNull();
  });
});
