import { fnv1a32, Prng } from './prng.js';

describe('Prng', () => {
  it.each([
    { seed: 1, draws: [2693262067, 11749833, 2265367787, 4213581821, 4159151403] },
    { seed: 42, draws: [2581720956, 1925393290, 3661312704, 2876485805, 750819978] },
  ])('draws the published numbers from seed $seed', ({ seed, draws }) => {
    const prng = new Prng(seed);
    expect(draws.map(() => prng.nextU32())).toEqual(draws);
  });

  it('seeds a stream with the hash of its seed and name', () => {
    expect(fnv1a32('')).toBe(0x811c9dc5);
    expect(fnv1a32('a')).toBe(0xe40c292c);
    expect(Prng.named(7, 'ids').nextU32()).toBe(new Prng(fnv1a32('7:ids')).nextU32());
    expect(Prng.named(7, 'ids').nextU32()).not.toBe(Prng.named(7, 'uuid').nextU32());
  });
});
