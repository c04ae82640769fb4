import { Random } from '../../../domain/random.js';
import { blockLength } from './block-length.js';

/** Each value keeps a share of the one before. */
function autoregressive(share: number, length: number): Float64Array {
  const random = new Random(5);
  let last = 0;
  return Float64Array.from({ length }, () => (last = share * last + random.normal()));
}

describe('blockLength', () => {
  it('grows with what values have to do with the ones before', () => {
    const [none, some, much] = [0, 0.5, 0.9].map((share) => blockLength(autoregressive(share, 1000)).stationary);
    expect(none).toBeLessThan(some);
    expect(some).toBeLessThan(much);
    expect(much).toBeGreaterThan(10);
  });

  it('is longer for whole blocks than on average for random ones', () => {
    const { stationary, circular } = blockLength(autoregressive(0.7, 500));
    expect(circular / stationary).toBeCloseTo(Math.cbrt(1.5), 12);
  });

  it('is 1 where nothing varies, and never above its limit', () => {
    expect(blockLength(new Float64Array(50).fill(0.01)).stationary).toBe(1);
    expect(blockLength(Float64Array.from({ length: 30 }, (_, i) => i)).stationary).toBeLessThanOrEqual(10);
    expect(blockLength(Float64Array.of(1, 2)).stationary).toBeGreaterThanOrEqual(1);
  });
});
