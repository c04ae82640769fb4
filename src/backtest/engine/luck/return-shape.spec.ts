import { returnShape, sharpeOf } from './return-shape.js';

describe('returnShape', () => {
  it('has the ratio of a sample and the moments of a population', () => {
    // Mean 0.02, sample deviation sqrt(2 * 0.01^2): ratio sqrt 2. Both values lie one deviation away: kurtosis 1.
    const shape = returnShape(Float64Array.of(0.01, 0.03));
    expect(shape?.sharpe).toBeCloseTo(Math.SQRT2, 12);
    expect(shape?.skew).toBeCloseTo(0, 12);
    expect(shape?.kurtosis).toBeCloseTo(1, 12);
    expect(shape?.count).toBe(2);
  });

  it.each([[[]], [[0.01]], [[0.01, 0.01, 0.01]]])('is none for %j: nothing varies', (returns) => {
    expect(returnShape(Float64Array.from(returns))).toBeNull();
    expect(sharpeOf(Float64Array.from(returns))).toBeNull();
  });
});
