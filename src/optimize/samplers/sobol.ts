import { Random } from '../../domain/random.js';
import type { Point, SearchSpace } from '../space/search-space.js';
import { Unseen, upTo, type Sampler } from './sampler.js';

/** Degree, coefficients and first numbers of the primitive polynomials of Joe and Kuo (2008), for dimensions 2 to 16. */
const POLYNOMIALS: readonly (readonly [degree: number, coefficients: number, first: readonly number[]])[] = [
  [1, 0, [1]],
  [2, 1, [1, 3]],
  [3, 1, [1, 3, 1]],
  [3, 2, [1, 1, 1]],
  [4, 1, [1, 1, 3, 3]],
  [4, 4, [1, 3, 5, 13]],
  [5, 2, [1, 1, 5, 5, 17]],
  [5, 4, [1, 1, 5, 5, 5]],
  [5, 7, [1, 1, 7, 11, 19]],
  [5, 11, [1, 1, 5, 1, 1]],
  [5, 13, [1, 1, 1, 3, 11]],
  [5, 14, [1, 3, 5, 5, 31]],
  [6, 1, [1, 3, 3, 9, 7, 49]],
  [6, 13, [1, 1, 1, 15, 21, 21]],
  [6, 16, [1, 3, 1, 13, 27, 49]],
];

export const MOST_SOBOL_DIMENSIONS = POLYNOMIALS.length + 1;

const BITS = 32;
const UNIT = 2 ** -BITS;

/** The Sobol sequence in Gray-code order; point 0 is all zeros. Fills a space more evenly than chance does. */
export class SobolSequence {
  private readonly directions: readonly Uint32Array[];
  private readonly state: Uint32Array;
  private index = 0;

  /** @param dimensions at most `MOST_SOBOL_DIMENSIONS` */
  constructor(dimensions: number) {
    this.directions = Array.from({ length: dimensions }, (_, d) => directionsOf(d));
    this.state = new Uint32Array(dimensions);
  }

  /** The next point, each coordinate in [0, 1). */
  next(): Float64Array {
    const point = Float64Array.from(this.state, (word) => word * UNIT);
    const bit = Math.min(trailingOnes(this.index++), BITS - 1);
    for (const [d, directions] of this.directions.entries()) this.state[d] ^= directions[bit];
    return point;
  }
}

function directionsOf(dimension: number): Uint32Array {
  const directions = new Uint32Array(BITS);
  if (dimension === 0) return directions.map((_, bit) => 2 ** (BITS - 1 - bit));
  const [degree, coefficients, first] = POLYNOMIALS[dimension - 1];
  for (let bit = 0; bit < BITS; bit++) {
    if (bit < degree) {
      directions[bit] = first[bit] * 2 ** (BITS - 1 - bit);
      continue;
    }
    let direction = directions[bit - degree] ^ (directions[bit - degree] >>> degree);
    for (let k = 1; k < degree; k++) if ((coefficients >>> (degree - 1 - k)) & 1) direction ^= directions[bit - k];
    directions[bit] = direction;
  }
  return directions;
}

function trailingOnes(index: number): number {
  let ones = 0;
  for (let rest = index; rest % 2 === 1; rest = (rest - 1) / 2) ones++;
  return ones;
}

/** Points of the sequence that the laws between parameters may refuse in a row before chance takes over. */
const MOST_REFUSED = 10_000;

/** The sequence, shifted around by chance, so that seeds differ. */
export class SobolSampler implements Sampler {
  private readonly sequence: SobolSequence;
  private readonly shift: Float64Array;
  private readonly random: Random;
  private readonly unseen: Unseen;

  constructor(
    private readonly space: SearchSpace,
    seed: number,
  ) {
    const { length } = space.dimensions;
    this.sequence = new SobolSequence(length);
    this.random = new Random(seed);
    this.shift = Float64Array.from({ length }, () => this.random.float());
    this.unseen = new Unseen(space);
  }

  propose(count: number): Point[] {
    return upTo(count, () => this.next());
  }

  private next(): Point | null {
    for (let refused = 0; refused < MOST_REFUSED; refused++) {
      const point = this.space.at(this.sequence.next().map((share, d) => (share + this.shift[d]) % 1));
      if (this.unseen.take(point)) return point;
    }
    return this.unseen.draw(this.random);
  }
}
