import { quantile } from '../../backtest/engine/distribution.js';
import { axisOf, onAxis, sizeOf, type Dimension } from '../space/dimension.js';
import type { Point, SearchSpace } from '../space/search-space.js';
import type { Trial } from '../search.js';

/** Share of each range within which a trial is a neighbour. */
const NEAR = 0.1;

/** What was found around a point. */
export interface Plateau {
  /** Trials near the point, itself left out. */
  readonly neighbours: number;
  /** Median of their values of the objective; null without neighbours. Of those that have none the worst is assumed. */
  readonly median: number | null;
  /** Share of them that keep all limits. */
  readonly keeping: number | null;
}

/** A peak without a plateau around it is noise. @param valueOf the objective's figure of a trial */
export function plateauAround(point: Point, space: SearchSpace, trials: readonly Trial[], valueOf: (trial: Trial) => number | null): Plateau {
  const near = trials.filter((trial) => trial.point !== point && isNear(point, trial.point, space));
  const values = near.map(valueOf).filter((value) => value !== null);
  return {
    neighbours: near.length,
    median: values.length > 0 ? quantile(values, 0.5) : null,
    keeping: near.length > 0 ? near.filter(({ violation }) => violation === 0).length / near.length : null,
  };
}

/** Within a tenth of every range, or one step where steps are wider; equal where values have no order. */
export function isNear(a: Point, b: Point, { dimensions }: SearchSpace): boolean {
  return dimensions.every((dimension, d) => distance(dimension, a[d], b[d]) <= reach(dimension, a[d], b[d]));
}

function distance(dimension: Dimension, a: number, b: number): number {
  return dimension.kind === 'choice' ? Number(a !== b) : Math.abs(onAxis(dimension, a) - onAxis(dimension, b));
}

function reach(dimension: Dimension, a: number, b: number): number {
  if (dimension.kind === 'choice') return 0;
  const { from, to } = axisOf(dimension);
  const share = NEAR * (to - from);
  if (dimension.step === null || sizeOf(dimension) === 1) return share;
  // A step on a logarithmic axis is as long as it is where the two values are.
  const step = dimension.log ? Math.log(1 + dimension.step / Math.min(a, b)) : dimension.step;
  return Math.max(share, step * (1 + 1e-9));
}
