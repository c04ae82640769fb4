export type Scalar = string | number | boolean;

/** One parameter that is searched. */
export type Dimension = RangeDimension | ChoiceDimension;

/** Numbers from `low` to `high`, both included. */
export interface RangeDimension {
  readonly kind: 'range';
  /** In the user's spelling. */
  readonly name: string;
  readonly low: number;
  readonly high: number;
  /** Distance of the values, counted from `low`; null: every number. */
  readonly step: number | null;
  /** Ratios count, not differences: values are drawn evenly by their logarithm. Needs low > step / 2. */
  readonly log: boolean;
}

/** Values without an order. */
export interface ChoiceDimension {
  readonly kind: 'choice';
  readonly name: string;
  readonly choices: readonly Scalar[];
}

/** Digits of a number that is free to be any: enough for every purpose, and few enough to be typed. */
const FREE_DIGITS = 6;
/** Takes the rounding out of `low + k * step`. */
const STEP_DIGITS = 12;

/** How many values a dimension has; Infinity when it is not stepped. */
export function sizeOf(dimension: Dimension): number {
  if (dimension.kind === 'choice') return dimension.choices.length;
  const { low, high, step } = dimension;
  if (low === high) return 1;
  return step === null ? Infinity : Math.floor((high - low) / step + 1e-9) + 1;
}

/** Value k of a stepped dimension; of choices the number of the choice. */
export function valueAt(dimension: Dimension, k: number): number {
  if (dimension.kind === 'choice') return k;
  return Number((dimension.low + k * (dimension.step ?? 0)).toPrecision(STEP_DIGITS));
}

/** The allowed value next to a number. */
export function snap(dimension: RangeDimension, value: number): number {
  const { low, high, step } = dimension;
  if (step === null) return Math.min(high, Math.max(low, Number(value.toPrecision(FREE_DIGITS))));
  const k = Math.round((value - low) / step);
  return valueAt(dimension, Math.min(Math.max(k, 0), sizeOf(dimension) - 1));
}

/**
 * Ends of a dimension on the axis on which it is even: its logarithm where ratios count. Half a step more on either side, so that the
 * first and the last value have as much room as every other one.
 */
export function axisOf(dimension: RangeDimension): { readonly from: number; readonly to: number } {
  const half = (dimension.step ?? 0) / 2;
  const last = dimension.step === null ? dimension.high : valueAt(dimension, sizeOf(dimension) - 1);
  const [from, to] = [dimension.low - half, last + half];
  return dimension.log ? { from: Math.log(from), to: Math.log(to) } : { from, to };
}

/** A value's place on that axis. */
export function onAxis({ log }: RangeDimension, value: number): number {
  return log ? Math.log(value) : value;
}

export function offAxis(dimension: RangeDimension, place: number): number {
  return snap(dimension, dimension.log ? Math.exp(place) : place);
}

/** The value at a share of the dimension. @param share [0, 1) */
export function atShare(dimension: Dimension, share: number): number {
  if (dimension.kind === 'choice') return Math.floor(share * dimension.choices.length);
  const { from, to } = axisOf(dimension);
  return offAxis(dimension, from + share * (to - from));
}
