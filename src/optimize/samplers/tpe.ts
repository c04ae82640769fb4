import { Random } from '../../domain/random.js';
import type { Point, SearchSpace } from '../space/search-space.js';
import { goodCount, marginalOf, observationWeights, type Marginal } from './parzen.js';
import { Unseen, upTo, type Judged, type Sampler } from './sampler.js';

/** Points at random before anything is learnt. */
const START_UP = 10;
const CANDIDATES = 24;
const DRAWS_PER_CANDIDATE = 20;
/** Bad points that shape their density; of more than these the older ones are thinned out evenly, or a long search would crawl. */
const MOST_BAD = 500;

/**
 * Tree-structured Parzen estimator (Bergstra and others 2011), multivariate: one density of the good points so far and one of the others;
 * of candidates drawn from the first, the one that is likeliest under it compared with the second.
 */
export class TpeSampler implements Sampler {
  private readonly random: Random;
  private readonly unseen: Unseen;

  constructor(
    private readonly space: SearchSpace,
    seed: number,
  ) {
    this.random = new Random(seed);
    this.unseen = new Unseen(space);
  }

  propose(count: number, judged: readonly Judged[]): Point[] {
    const { good, bad } = split(judged);
    const likely = new Mixture(this.space, good);
    const pending: Point[] = [];
    return upTo(count, () => {
      const point = this.unseen.count < START_UP || judged.length === 0 ? this.unseen.draw(this.random) : this.learnt(likely, [...bad, ...pending]);
      if (point !== null) pending.push(point);
      return point;
    });
  }

  /** @param others the bad points, and those that are proposed and not judged yet: near them another point is of no use */
  private learnt(likely: Mixture, others: readonly Point[]): Point | null {
    const unlikely = new Mixture(this.space, thinned(others));
    let best: Point | null = null;
    let bestRatio = -Infinity;
    let candidates = 0;
    for (let draw = 0; draw < CANDIDATES * DRAWS_PER_CANDIDATE && candidates < CANDIDATES; draw++) {
      const point = likely.draw(this.random);
      if (!this.unseen.isFree(point)) continue;
      candidates++;
      const ratio = likely.logDensity(point) - unlikely.logDensity(point);
      if (best === null || ratio > bestRatio) [best, bestRatio] = [point, ratio];
    }
    if (best === null) return this.unseen.draw(this.random);
    this.unseen.take(best);
    return best;
  }
}

/** The best of what was judged and the rest, both in the order in which they were proposed. */
function split(judged: readonly Judged[]): { readonly good: Point[]; readonly bad: Point[] } {
  const order = [...judged.keys()].sort((a, b) => compare(judged[a], judged[b]) || a - b);
  const isGood = new Uint8Array(judged.length);
  for (const k of order.slice(0, goodCount(judged.length))) isGood[k] = 1;
  const pointsOf = (mark: number): Point[] => judged.filter((_, k) => isGood[k] === mark).map(({ point }) => point);
  return { good: pointsOf(1), bad: pointsOf(0) };
}

function thinned(points: readonly Point[]): readonly Point[] {
  if (points.length <= MOST_BAD) return points;
  const newest = points.slice(-MOST_BAD / 2);
  const older = points.slice(0, -MOST_BAD / 2);
  return [...newest.keys()].map((k) => older[Math.floor((k * older.length) / newest.length)]).concat(newest);
}

function compare(a: Judged, b: Judged): number {
  if (a.violation !== b.violation) return a.violation - b.violation;
  return a.loss === b.loss ? 0 : a.loss - b.loss;
}

/** Product kernels: a point is drawn from the same kernel in every dimension. */
class Mixture {
  private readonly weights: Float64Array;
  private readonly marginals: readonly Marginal[];

  constructor({ dimensions }: SearchSpace, points: readonly Point[]) {
    const weights = Float64Array.from([...observationWeights(points.length), 1]);
    const sum = weights.reduce((total, weight) => total + weight, 0);
    this.weights = weights.map((weight) => weight / sum);
    this.marginals = dimensions.map((dimension, d) => marginalOf(dimension, points.map((point) => point[d])));
  }

  draw(random: Random): Point {
    let rest = random.float();
    let kernel = 0;
    while (kernel < this.weights.length - 1 && (rest -= this.weights[kernel]) >= 0) kernel++;
    return this.marginals.map((marginal) => marginal.draw(kernel, random));
  }

  logDensity(point: Point): number {
    const densities = this.marginals.map((marginal, d) => marginal.densities(point[d]));
    let sum = 0;
    for (let k = 0; k < this.weights.length; k++) {
      let product = this.weights[k];
      for (let d = 0; d < densities.length; d++) product *= densities[d][k];
      sum += product;
    }
    return Math.log(sum);
  }
}
