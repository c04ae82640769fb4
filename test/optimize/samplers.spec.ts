import { Random } from '../../src/domain/random.js';
import { ChoiceMarginal, goodCount, observationWeights, RangeMarginal } from '../../src/optimize/samplers/parzen.js';
import { RandomSampler } from '../../src/optimize/samplers/random.js';
import type { Judged, Sampler } from '../../src/optimize/samplers/sampler.js';
import { SobolSampler, SobolSequence } from '../../src/optimize/samplers/sobol.js';
import { TpeSampler } from '../../src/optimize/samplers/tpe.js';
import type { RangeDimension } from '../../src/optimize/space/dimension.js';
import { SearchSpace, type Point } from '../../src/optimize/space/search-space.js';
import { describeWithVectors, readVectors } from '../support/vectors.js';
import { TEST_FUNCTIONS, type TestFunction } from './test-functions.js';

interface NumericCase {
  readonly observations: number[];
  readonly low: number;
  readonly high: number;
  readonly log?: boolean;
  readonly weights: number[];
  readonly mu: number[];
  readonly sigma: number[];
  readonly x: number[];
  readonly logPdf: number[];
}

interface OptimiserVectors {
  readonly sobol: { readonly points: number[][] };
  readonly functions: { readonly name: string; readonly points: { readonly x: number[]; readonly f: number }[] }[];
  readonly tpe: {
    readonly gamma: { readonly n: number; readonly below: number }[];
    readonly weights: { readonly n: number; readonly weights: number[] }[];
    readonly parzenFloat: NumericCase[];
    readonly parzenInt: Omit<NumericCase, 'logPdf'> & { readonly logPmf: number[] };
    readonly parzenCategorical: { readonly observations: number[]; readonly choices: number; readonly kernels: number[][]; readonly logPmf: number[] };
  };
  readonly acceptance: { readonly functions: { readonly function: string; readonly trials: number; readonly seeds: number; readonly threshold: number; readonly gating: boolean }[] };
}

function bestOf({ value }: TestFunction, sampler: Sampler, trials: number): number {
  const judged: Judged[] = [];
  while (judged.length < trials) for (const point of sampler.propose(1, judged)) judged.push({ point, loss: value(point), violation: 0 });
  return Math.min(...judged.map(({ loss }) => loss));
}

function medianOfSeeds(name: string, trials: number, seeds: number, make: (space: SearchSpace, seed: number) => Sampler): number {
  const target = TEST_FUNCTIONS[name];
  const bests = Array.from({ length: seeds }, (_, seed) => bestOf(target, make(target.space, seed), trials)).sort((a, b) => a - b);
  return bests[bests.length >> 1];
}

/** Log densities of a mixture of equal weights. */
function logDensities(marginal: { densities(value: number): Float64Array }, weights: readonly number[], values: readonly number[]): number[] {
  return values.map((value) => Math.log(marginal.densities(value).reduce((sum, density, k) => sum + density * weights[k], 0)));
}

describeWithVectors('samplers against reference values', () => {
  const { sobol, functions, tpe, acceptance } = readVectors('optimiser.json') as OptimiserVectors;

  it('walks the Sobol sequence of Joe and Kuo', () => {
    const sequence = new SobolSequence(6);
    expect(sobol.points.map(() => [...sequence.next()])).toEqual(sobol.points);
  });

  it('splits off as many good trials as the reference', () => {
    expect(tpe.gamma.map(({ n }) => ({ n, below: goodCount(n) }))).toEqual(tpe.gamma);
  });

  it('lets old observations fade as the reference does', () => {
    for (const { n, weights } of tpe.weights) {
      for (const [k, weight] of observationWeights(n).entries()) expect(weight).toBeCloseTo(weights[k], 12);
    }
  });

  it('has the kernels and densities of the reference on numbers', () => {
    for (const { observations, low, high, log = false, weights, mu, sigma, x, logPdf } of tpe.parzenFloat) {
      const marginal = new RangeMarginal({ kind: 'range', name: 'x', low, high, step: null, log }, observations);
      const near = (found: ArrayLike<number>, expected: readonly number[]): void => expected.forEach((value, k) => expect(found[k]).toBeCloseTo(value, 6));
      near(marginal.centres, mu);
      near(marginal.widths, sigma);
      near(logDensities(marginal, weights, x), logPdf);
    }
  });

  it('has them on whole numbers, as probabilities', () => {
    const { observations, low, high, weights, sigma, x, logPmf } = tpe.parzenInt;
    const marginal = new RangeMarginal({ kind: 'range', name: 'x', low, high, step: 1, log: false }, observations);
    sigma.forEach((width, k) => expect(marginal.widths[k]).toBeCloseTo(width, 6));
    logDensities(marginal, weights, x).forEach((value, k) => expect(value).toBeCloseTo(logPmf[k], 6));
  });

  it('has them on choices', () => {
    const { observations, choices, kernels, logPmf } = tpe.parzenCategorical;
    const marginal = new ChoiceMarginal({ kind: 'choice', name: 'x', choices: Array.from({ length: choices }, (_, k) => `c${k}`) }, observations);
    kernels.forEach((row, k) => row.forEach((share, c) => expect(marginal.kernels[k][c]).toBeCloseTo(share, 9)));
    const weights = kernels.map(() => 1 / kernels.length);
    logDensities(marginal, weights, [...Array(choices).keys()]).forEach((value, c) => expect(value).toBeCloseTo(logPmf[c], 6));
  });

  it.each(functions)('is tried on the right function: $name', ({ name, points }) => {
    for (const { x, f } of points) expect(TEST_FUNCTIONS[name].value(x)).toBeCloseTo(f, 6);
  });

  it.each(acceptance.functions.filter(({ gating }) => gating))('finds the low places of $function, which chance does not', ({ function: name, trials, seeds, threshold }) => {
    expect(medianOfSeeds(name, trials, seeds, (space, seed) => new TpeSampler(space, seed))).toBeLessThanOrEqual(threshold);
    expect(medianOfSeeds(name, trials, seeds, (space, seed) => new RandomSampler(space, seed))).toBeGreaterThan(threshold);
  });
});

describe('samplers', () => {
  const small = (): SearchSpace => {
    const range = (name: string): RangeDimension => ({ kind: 'range', name, low: 1, high: 8, step: 1, log: false });
    return new SearchSpace([range('fast'), range('slow')], [{ lesser: { dimension: 0 }, greater: { dimension: 1 } }]);
  };
  const lossOf = ([fast, slow]: Point): number => (fast - 3) ** 2 + (slow - 6) ** 2;
  const SAMPLERS: [string, (space: SearchSpace, seed: number) => Sampler][] = [
    ['random', (space, seed) => new RandomSampler(space, seed)],
    ['Sobol', (space, seed) => new SobolSampler(space, seed)],
    ['TPE', (space, seed) => new TpeSampler(space, seed)],
  ];

  function all(sampler: Sampler, round: number): Point[] {
    const judged: Judged[] = [];
    for (;;) {
      const points = sampler.propose(round, judged);
      judged.push(...points.map((point) => ({ point, loss: lossOf(point), violation: 0 })));
      if (points.length < round) return judged.map(({ point }) => point);
    }
  }

  it.each(SAMPLERS)('%s tries every allowed set once and then no more', (_, make) => {
    const space = small();
    const tried = all(make(space, 7), 5);
    expect(tried.every(([fast, slow]) => fast < slow)).toBe(true);
    expect(new Set(tried.map((point) => space.key(point))).size).toBe(tried.length);
    expect(tried).toHaveLength(28); // 8 * 7 / 2 pairs with fast < slow
  });

  it.each(SAMPLERS)('%s repeats itself for a seed, and not for another', (_, make) => {
    const first = all(make(small(), 1), 4);
    expect(all(make(small(), 1), 4)).toEqual(first);
    expect(all(make(small(), 2), 4)).not.toEqual(first);
  });

  it('puts trials that break a limit behind all that keep it', () => {
    const space = new SearchSpace([{ kind: 'range', name: 'x', low: 0, high: 1, step: null, log: false }], []);
    const judge = (point: Point): Judged => (point[0] > 0.5 ? { point, loss: -point[0] * 100, violation: point[0] } : { point, loss: (point[0] - 0.2) ** 2, violation: 0 });
    const sampler = new TpeSampler(space, 3);
    const judged: Judged[] = [];
    for (let trial = 0; trial < 60; trial++) judged.push(...sampler.propose(1, judged).map(judge));
    expect(judged.slice(30).filter(({ violation }) => violation > 0).length).toBeLessThan(10);
  });

  it('spreads whole numbers evenly, the first and the last as often as the others', () => {
    const space = new SearchSpace([{ kind: 'range', name: 'x', low: 1, high: 4, step: 1, log: false }], []);
    const random = new Random(1);
    const counts = new Map<number, number>();
    for (let draw = 0; draw < 4000; draw++) {
      const [x] = space.draw(random);
      counts.set(x, (counts.get(x) ?? 0) + 1);
    }
    // 1,000 each, give or take four standard deviations of 27.
    expect([...counts].sort(([a], [b]) => a - b).map(([x, count]) => [x, Math.abs(count - 1000) < 110])).toEqual([[1, true], [2, true], [3, true], [4, true]]); // prettier-ignore
  });
});
