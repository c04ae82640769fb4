import { Random } from '../../src/domain/random.js';
import { meanNoisePbo, searchNoise } from './noise-search.js';

// A few searches, so the bounds are wide; the long suite makes a thousand.
describe('a search through noise', () => {
  it('finds a best strategy that looks significant, and the corrections know better', () => {
    const { probabilistic, deflated, holm } = searchNoise(60, 50, 730, new Random(1));
    expect(probabilistic).toBeGreaterThan(0.8);
    expect(deflated).toBeLessThan(0.05);
    expect(holm).toBeLessThan(0.17);
  });

  it('is overfitted half of the time', () => {
    const pbo = meanNoisePbo(30, new Random(2));
    expect(pbo).toBeGreaterThan(0.38);
    expect(pbo).toBeLessThan(0.62);
  });
});
