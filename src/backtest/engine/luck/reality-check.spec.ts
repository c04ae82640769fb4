import { Random } from '../../../domain/random.js';
import { realityCheck, superiorAbility } from './reality-check.js';
import { drawStationary } from './stationary-bootstrap.js';

const LENGTH = 200;

function indices(count: number): Int32Array[] {
  const random = new Random(9);
  return Array.from({ length: count }, () => {
    const rows = new Int32Array(LENGTH);
    drawStationary(rows, 3, random);
    return rows;
  });
}

function noise(seed: number, mean: number): Float64Array {
  const random = new Random(seed);
  return Float64Array.from({ length: LENGTH }, () => mean + 0.01 * random.normal());
}

describe('realityCheck', () => {
  it('takes the largest mean and centres every resample on its own', () => {
    // Means 0.02 and 0.01 of two rows; the rows drawn twice are the first: 0.01 - 0.02 and 0.02 - 0.01.
    const found = realityCheck([Float64Array.of(0.01, 0.03), Float64Array.of(0.02, 0)], [[0, 0], [0, 1]]);
    expect(found.statistic).toBeCloseTo(Math.SQRT2 * 0.02, 14);
    expect(found.resampled[0]).toBeCloseTo(Math.SQRT2 * 0.01, 14);
    expect(found.resampled[1]).toBeCloseTo(0, 14);
    expect(found.pValue).toBe(0);
  });

  it('believes in a real edge and not in the best of many without one', () => {
    const lucky = Array.from({ length: 20 }, (_, k) => noise(100 + k, 0));
    expect(realityCheck(lucky, indices(200)).pValue).toBeGreaterThan(0.05);
    expect(realityCheck([...lucky, noise(1, 0.004)], indices(200)).pValue).toBeLessThan(0.01);
  });
});

describe('superiorAbility', () => {
  it('is not dulled by hopeless strategies, and lies between its bounds', () => {
    const some = [noise(1, 0.0012), noise(2, 0)];
    const hopeless = Array.from({ length: 30 }, (_, k) => noise(50 + k, -0.01));
    const { lower, consistent, upper } = superiorAbility([...some, ...hopeless], indices(300), 3);
    expect(lower).toBeLessThanOrEqual(consistent);
    expect(consistent).toBeLessThanOrEqual(upper);
    expect(consistent).toBeLessThan(upper);
    expect(consistent).toBeCloseTo(superiorAbility(some, indices(300), 3).consistent, 1);
  });

  it('leaves out what does not vary and is 0 at least', () => {
    const { statistic, consistent } = superiorAbility([new Float64Array(LENGTH), noise(3, -0.01)], indices(20), 3);
    expect(statistic).toBe(0);
    expect(consistent).toBeGreaterThanOrEqual(0);
  });
});
