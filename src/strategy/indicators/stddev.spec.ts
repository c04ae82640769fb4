import { stddev } from './stddev.js';

describe('stddev', () => {
  it('is that of a population or of a sample', () => {
    expect([...stddev(Float64Array.of(2, 4), 2, 0)]).toEqual([NaN, 1]);
    expect(stddev(Float64Array.of(2, 4), 2, 0, 1)[1]).toBeCloseTo(Math.SQRT2, 12);
  });

  it('keeps its digits at 1e8 with moves of 0.01', () => {
    const values = Float64Array.from({ length: 90 }, (_, i) => 1e8 + 0.01 * (i % 2));
    expect(stddev(values, 20, 0)[80]).toBeCloseTo(0.005, 8);
  });
});
