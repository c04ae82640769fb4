import { normalQuantile } from '../../backtest/engine/luck/normal.js';
import type { Random } from '../../domain/random.js';
import { axisOf, offAxis, onAxis, sizeOf, type ChoiceDimension, type Dimension, type RangeDimension } from '../space/dimension.js';
import { fastNormalCdf } from './fast-normal.js';

/** The newest observations, which count in full. */
const FULL_WEIGHT = 25;
const MOST_DIVISIONS = 100;
const ROOT_OF_TWO_PI = Math.sqrt(2 * Math.PI);

/** How many of the best of `finished` trials make the good set. */
export function goodCount(finished: number): number {
  return Math.min(Math.ceil(0.1 * finished), 25);
}

/** Weights of observations, oldest first: beyond the newest 25 the older an observation, the less it counts. */
export function observationWeights(count: number): Float64Array {
  const faded = Math.max(0, count - FULL_WEIGHT);
  return Float64Array.from({ length: count }, (_, k) => {
    if (k >= faded) return 1;
    return faded === 1 ? 1 / count : 1 / count + (k * (1 - 1 / count)) / (faded - 1);
  });
}

/** A density along one dimension, as a mixture of one kernel per observation and, last, one that covers everything. */
export interface Marginal {
  /** Density of every kernel at a value. Not the caller's to keep: it is shared. */
  densities(value: number): Float64Array;
  /** A value drawn from one kernel. */
  draw(kernel: number, random: Random): number;
}

export function marginalOf(dimension: Dimension, observed: readonly number[]): Marginal {
  return dimension.kind === 'choice' ? new ChoiceMarginal(dimension, observed) : new RangeMarginal(dimension, observed);
}

/** Normal kernels cut off at the ends of the dimension. */
export class RangeMarginal implements Marginal {
  readonly centres: Float64Array;
  readonly widths: Float64Array;
  private readonly from: number;
  private readonly to: number;
  /** Share of each kernel that lies inside the dimension, and below it. */
  private readonly inside: Float64Array;
  private readonly below: Float64Array;
  private readonly known = new Map<number, Float64Array>();

  constructor(
    private readonly dimension: RangeDimension,
    observed: readonly number[],
  ) {
    const { from, to } = axisOf(dimension);
    const range = Math.max(to - from, Number.MIN_VALUE);
    this.from = from;
    this.to = to;
    this.centres = Float64Array.from([...observed.map((value) => onAxis(dimension, value)), (from + to) / 2]);
    this.widths = widthsOf(this.centres.subarray(0, -1), from, to, range);
    this.below = this.centres.map((centre, k) => fastNormalCdf((from - centre) / this.widths[k]));
    this.inside = this.centres.map((centre, k) => fastNormalCdf((to - centre) / this.widths[k]) - this.below[k]);
  }

  densities(value: number): Float64Array {
    const known = this.known.get(value);
    if (known !== undefined) return known;
    const made = this.dimension.step === null ? this.heights(value) : this.masses(value, this.dimension.step);
    this.known.set(value, made);
    return made;
  }

  draw(kernel: number, random: Random): number {
    const share = this.below[kernel] + random.float() * this.inside[kernel];
    const place = this.centres[kernel] + this.widths[kernel] * normalQuantile(share);
    return offAxis(this.dimension, Math.min(this.to, Math.max(this.from, place)));
  }

  private heights(value: number): Float64Array {
    const place = onAxis(this.dimension, value);
    const heights = new Float64Array(this.centres.length);
    for (let k = 0; k < heights.length; k++) {
      const z = (place - this.centres[k]) / this.widths[k];
      heights[k] = Math.exp(-0.5 * z * z) / (ROOT_OF_TWO_PI * this.widths[k] * this.inside[k]);
    }
    return heights;
  }

  /** Probability of everything that is nearest to this value. */
  private masses(value: number, step: number): Float64Array {
    const [low, high] = [onAxis(this.dimension, value - step / 2), onAxis(this.dimension, value + step / 2)];
    const masses = new Float64Array(this.centres.length);
    for (let k = 0; k < masses.length; k++) {
      const a = (low - this.centres[k]) / this.widths[k];
      const b = (high - this.centres[k]) / this.widths[k];
      // In the upper tail the mirror image keeps the digits.
      masses[k] = (a > 0 ? fastNormalCdf(-a) - fastNormalCdf(-b) : fastNormalCdf(b) - fastNormalCdf(a)) / this.inside[k];
    }
    return masses;
  }
}

/** The larger distance to a neighbour, within bounds; the last width is that of the kernel that covers everything. */
function widthsOf(observed: Float64Array, from: number, to: number, range: number): Float64Array {
  const count = observed.length;
  const order = [...observed.keys()].sort((a, b) => observed[a] - observed[b]);
  const least = range / Math.min(MOST_DIVISIONS, count + 2);
  const widths = new Float64Array(count + 1).fill(range);
  for (const [place, k] of order.entries()) {
    const left = observed[k] - (place === 0 ? from : observed[order[place - 1]]);
    const right = (place === count - 1 ? to : observed[order[place + 1]]) - observed[k];
    const width = count === 1 ? Math.max(left, right) : place === 0 ? right : place === count - 1 ? left : Math.max(left, right);
    widths[k] = Math.min(Math.max(width, least), range);
  }
  return widths;
}

/** Every choice likely, the one observed more so. */
export class ChoiceMarginal implements Marginal {
  /** One row per kernel. */
  readonly kernels: readonly Float64Array[];
  private readonly columns: readonly Float64Array[];

  constructor(dimension: ChoiceDimension, observed: readonly number[]) {
    const choices = sizeOf(dimension);
    const count = observed.length + 1;
    const kernel = (choice: number | null): Float64Array => {
      const row = new Float64Array(choices).fill(1 / count);
      if (choice !== null) row[choice] += 1;
      const sum = row.reduce((total, share) => total + share, 0);
      return row.map((share) => share / sum);
    };
    this.kernels = [...observed.map(kernel), kernel(null)];
    this.columns = Array.from({ length: choices }, (_, choice) => Float64Array.from(this.kernels, (row) => row[choice]));
  }

  densities(choice: number): Float64Array {
    return this.columns[choice];
  }

  draw(kernel: number, random: Random): number {
    const row = this.kernels[kernel];
    let rest = random.float();
    for (let choice = 0; choice < row.length; choice++) {
      rest -= row[choice];
      if (rest < 0) return choice;
    }
    return row.length - 1;
  }
}
