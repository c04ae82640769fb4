import { Random } from '../../../domain/random.js';
import { blockLength } from './block-length.js';
import { bootstrapInterval, resample } from './bootstrap-interval.js';
import { sharpeLuck } from './sharpe-luck.js';
import { sharpeOf } from './return-shape.js';
import { drawStationary } from './stationary-bootstrap.js';

/** Returns that go on a little from day to day. */
function walk(days: number, mean: number, memory: number, seed: number): Float64Array {
  const random = new Random(seed);
  let before = 0;
  return Float64Array.from({ length: days }, () => (before = memory * before + mean + 0.02 * random.normal()));
}

describe('sharpeLuck', () => {
  it.each([
    { why: 'independent returns', returns: walk(365, 0.001, 0, 1) },
    { why: 'returns that go on', returns: walk(365, 0.0005, 0.3, 2) },
    { why: 'returns that turn back', returns: walk(730, 0.001, -0.3, 3) },
  ])('finds the interval of the plain bootstrap of ten thousand resamples, of $why', ({ returns }) => {
    const { stationary } = blockLength(returns);
    const random = new Random(9);
    const rows = Array.from({ length: 10_000 }, () => {
      const drawn = new Int32Array(returns.length);
      drawStationary(drawn, stationary, random);
      return drawn;
    });
    const { percentile, standardError } = bootstrapInterval(sharpeOf(returns) as number, resample(returns, rows, (r) => sharpeOf(r) ?? 0));
    const found = sharpeLuck(returns, 365, new Random(1));
    // A quantile of 5 % out of a few hundred resamples is known to about a tenth of the standard error.
    for (const end of [0, 1]) expect(Math.abs((found?.interval[end] ?? NaN) / Math.sqrt(365) - percentile[end])).toBeLessThan(0.25 * standardError);
    expect(found?.block).toBe(stationary);
  });

  it('says the same twice, and the ratio itself whatever the draws', () => {
    const returns = walk(400, 0.001, 0, 4);
    expect(sharpeLuck(returns, 365, new Random(5))).toEqual(sharpeLuck(returns, 365, new Random(5)));
    expect(sharpeLuck(returns, 365, new Random(6))?.sharpe).toBe((sharpeOf(returns) as number) * Math.sqrt(365));
  });

  it('bounds its work, however long the series', () => {
    expect(sharpeLuck(walk(365, 0, 0, 1), 365, new Random(1))?.resamples).toBe(684);
    expect(sharpeLuck(walk(2555, 0, 0, 1), 365, new Random(1))?.resamples).toBe(300);
  });

  it.each([
    { why: 'too short a test', returns: walk(9, 0.1, 0, 1) },
    { why: 'returns that do not vary', returns: new Float64Array(300) },
    { why: 'none', returns: new Float64Array(0) },
  ])('says nothing about $why', ({ returns }) => expect(sharpeLuck(returns, 365, new Random(1))).toBeNull());
});
