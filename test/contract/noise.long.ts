import { Random } from '../../src/domain/random.js';
import { meanNoisePbo, searchNoise } from './noise-search.js';

describe('a thousand searches through noise', () => {
  it('look significant in 88 to 96 %, deflated in less than 2 %, adjusted in 3 to 9 %', () => {
    const { probabilistic, deflated, holm } = searchNoise(1000, 50, 730, new Random(11));
    expect(probabilistic).toBeGreaterThanOrEqual(0.88);
    expect(probabilistic).toBeLessThanOrEqual(0.96);
    expect(deflated).toBeLessThan(0.02);
    expect(holm).toBeGreaterThanOrEqual(0.03);
    expect(holm).toBeLessThanOrEqual(0.09);
  });

  it('are overfitted in 45 to 55 %', () => {
    const pbo = meanNoisePbo(200, new Random(12));
    expect(pbo).toBeGreaterThanOrEqual(0.45);
    expect(pbo).toBeLessThanOrEqual(0.55);
  });
});
