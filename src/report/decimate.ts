/** Smallest and largest value of each of a number of columns. */
export interface Extremes {
  readonly low: Float64Array;
  readonly high: Float64Array;
}

/**
 * A series brought to `columns` columns: of a longer one each column keeps both extremes of its stretch, so that no peak is lost; a
 * shorter one is drawn out, with straight lines between its points.
 *
 * @param values at least one, all finite
 */
export function decimate(values: Float64Array, columns: number): Extremes {
  return values.length > columns ? extremesOf(values, columns) : drawnOut(values, columns);
}

function extremesOf(values: Float64Array, columns: number): Extremes {
  const low = new Float64Array(columns).fill(Infinity);
  const high = new Float64Array(columns).fill(-Infinity);
  for (let i = 0; i < values.length; i++) {
    const column = Math.floor((i * columns) / values.length);
    if (values[i] < low[column]) low[column] = values[i];
    if (values[i] > high[column]) high[column] = values[i];
  }
  return { low, high };
}

function drawnOut(values: Float64Array, columns: number): Extremes {
  const line = new Float64Array(columns);
  const last = values.length - 1;
  for (let column = 0; column < columns; column++) {
    const at = columns > 1 ? (column * last) / (columns - 1) : 0;
    const before = Math.floor(at);
    const share = at - before;
    line[column] = share === 0 ? values[before] : between(values[before], values[before + 1], share);
  }
  return { low: line, high: line };
}

/** Kept within its ends: the rounding of the two products may step over them. */
function between(a: number, b: number, share: number): number {
  return Math.min(Math.max(a * (1 - share) + b * share, Math.min(a, b)), Math.max(a, b));
}
