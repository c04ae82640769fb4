import type { Random } from '../../domain/random.js';
import { atShare, sizeOf, valueAt, type Dimension, type Scalar } from './dimension.js';

/** One value per dimension, in their order: a number, or which choice. */
export type Point = readonly number[];

/** One side of a law between parameters: a dimension that is searched, or a value that is not. */
export type Operand = { readonly dimension: number } | { readonly value: number };

/** The first has to be less than the second. */
export interface Law {
  readonly lesser: Operand;
  readonly greater: Operand;
}

export type Params = Readonly<Record<string, unknown>>;

/** Below this many points a space is counted and listed; above, it is as good as endless. */
const MOST_LISTED = 2_000_000;

/** What may be tried: the dimensions searched, the laws between them, and the values of all other parameters. */
export class SearchSpace {
  /** Points on the grid, whether the laws allow them or not; Infinity when a dimension is not stepped. */
  readonly size: number;

  constructor(
    readonly dimensions: readonly Dimension[],
    private readonly laws: readonly Law[],
    /** In the user's spelling. */
    readonly fixed: Params = {},
  ) {
    this.size = dimensions.reduce((product, dimension) => product * sizeOf(dimension), 1);
  }

  /** Whether every point can be listed. */
  get isListable(): boolean {
    return this.size <= MOST_LISTED;
  }

  /** Whether the laws between parameters allow this point. */
  accepts(point: Point): boolean {
    const valueOf = (operand: Operand): number => ('value' in operand ? operand.value : Number(this.valueOf(point, operand.dimension)));
    return this.laws.every(({ lesser, greater }) => valueOf(lesser) < valueOf(greater));
  }

  /** All parameters of a point, in the user's spelling. */
  params(point: Point): Params {
    const searched = this.dimensions.map(({ name }, d) => [name, this.valueOf(point, d)] as const);
    return { ...this.fixed, ...Object.fromEntries(searched) };
  }

  /** Equal for equal points only. */
  key(point: Point): string {
    return point.join(' ');
  }

  draw(random: Random): Point {
    return this.dimensions.map((dimension) => atShare(dimension, random.float()));
  }

  /** @param shares one in [0, 1) per dimension */
  at(shares: ArrayLike<number>): Point {
    return this.dimensions.map((dimension, d) => atShare(dimension, shares[d]));
  }

  /** Every allowed point of a space that is listable; the last dimension changes fastest. */
  *points(): Generator<Point> {
    const sizes = this.dimensions.map(sizeOf);
    for (let index = 0; index < this.size; index++) {
      const point = Array<number>(sizes.length);
      let rest = index;
      for (let d = sizes.length - 1; d >= 0; d--) {
        point[d] = valueAt(this.dimensions[d], rest % sizes[d]);
        rest = Math.floor(rest / sizes[d]);
      }
      if (this.accepts(point)) yield point;
    }
  }

  /** How many points the laws allow; null when there are too many to count. */
  count(): number | null {
    if (!this.isListable) return null;
    let count = 0;
    for (const _ of this.points()) count++;
    return count;
  }

  private valueOf(point: Point, d: number): Scalar {
    const dimension = this.dimensions[d];
    return dimension.kind === 'choice' ? dimension.choices[point[d]] : point[d];
  }
}
