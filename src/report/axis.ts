import { grouped, scientific } from './numbers.js';

/** A vertical scale in rows of text, whose marked rows are round numbers. */
export interface Axis {
  readonly rows: number;
  /** Distance of a value from the middle of the highest row, in rows downwards; from -0.375 to rows - 0.625. */
  readonly rowOf: (value: number) => number;
  /** One per row, '' where there is no mark. */
  readonly labels: readonly string[];
}

/** Values `k * step / rowsPerStep` from `lowest` to `highest`; every k that is a multiple of `rowsPerStep` is a mark. */
interface Scale {
  readonly step: number;
  readonly rowsPerStep: number;
  readonly lowest: number;
  readonly highest: number;
}

const ROUND = [0.1, 0.2, 0.25, 0.5, 1, 2, 2.5, 5, 10];
const ROWS_PER_STEP = [2, 3, 4, 5];
/** A curve that moves by a smaller share of its size is flat: what is left is rounding. */
const FLAT_SHARE = 1e-9;
/** A row of four dots reaches one and a half dots beyond its middle to either side. */
const REACH = 1.5 / 4;

/**
 * The scale that holds both values and fills the most of `mostRows`; around a flat curve half a percent to either side.
 *
 * @param min and @param max zero, or of a size from 1e-300 to 1e300
 */
export function axisFor(min: number, max: number, mostRows: number): Axis {
  const size = Math.max(Math.abs(min), Math.abs(max));
  const padding = max - min > FLAT_SHARE * size ? 0 : size * 0.005 || 1;
  const best = scalesFor(min - padding, max + padding)
    .filter((scale) => rowsOf(scale) <= mostRows)
    .reduce((best, scale) => (quality(scale) > quality(best) ? scale : best));
  return axisOf(best);
}

function scalesFor(min: number, max: number): Scale[] {
  const power = 10 ** Math.floor(Math.log10(max - min));
  return ROUND.flatMap((digit) => ROWS_PER_STEP.map((rowsPerStep) => scaleOf(min, max, digit * power, rowsPerStep)));
}

function scaleOf(min: number, max: number, step: number, rowsPerStep: number): Scale {
  const perRow = step / rowsPerStep;
  return { step, rowsPerStep, lowest: Math.floor(min / perRow + REACH), highest: Math.ceil(max / perRow - REACH) };
}

function axisOf({ step, rowsPerStep, lowest, highest }: Scale): Axis {
  const perRow = step / rowsPerStep;
  const text = labelFormat(step, Math.max(Math.abs(lowest), Math.abs(highest)) * perRow);
  const rows = highest - lowest + 1;
  return {
    rows,
    rowOf: (value) => highest - value / perRow,
    labels: Array.from({ length: rows }, (_, row) => {
      const mark = (highest - row) / rowsPerStep;
      return Number.isInteger(mark) ? text(mark * step) : '';
    }),
  };
}

function rowsOf({ lowest, highest }: Scale): number {
  return highest - lowest + 1;
}

/** Two marks make a scale readable; beyond that, the more rows are used, the more of the curve is seen. */
function quality(scale: Scale): number {
  const marks = Math.floor(scale.highest / scale.rowsPerStep) - Math.ceil(scale.lowest / scale.rowsPerStep) + 1;
  return Math.min(marks, 2) * 100 + rowsOf(scale);
}

/** The same decimals for all marks of a scale, and powers of ten where plain digits would be too many. */
function labelFormat(step: number, size: number): (value: number) => string {
  if (size >= 1e9 || step < 1e-6) {
    const digits = Math.max(2, Math.ceil(Math.log10(size / step)) + 1);
    return (value) => scientific(value, digits);
  }
  const magnitude = Math.floor(Math.log10(step) + 1e-9);
  const half = Math.abs(step / 10 ** magnitude - 2.5) < 0.01 ? 1 : 0;
  return (value) => grouped(value, Math.max(0, half - magnitude));
}
