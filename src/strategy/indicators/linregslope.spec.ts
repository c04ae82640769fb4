import { linregslope } from './linregslope.js';

describe('linregslope', () => {
  it('is the slope of the least-squares line', () => {
    // (1, 2, 4) at -1, 0, 1: (4 - 1) / 2 = 1.5
    expect([...linregslope(Float64Array.of(1, 2, 4), 3, 0)]).toEqual([NaN, NaN, 1.5]);
  });

  it('is the step of a straight line, and 0 where nothing moves', () => {
    expect(linregslope(Float64Array.from({ length: 90 }, (_, i) => 3 - 2 * i), 14, 0)[80]).toBeCloseTo(-2, 12);
    expect(linregslope(new Float64Array(90).fill(0.1), 14, 0)[80]).toBe(0);
  });
});
