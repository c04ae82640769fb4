import { firstDefined, undefinedColumn } from './defined.js';

/**
 * The row of the highest value (`sign` 1) or of the lowest (`sign` -1) among the last `window` rows; of equal ones the most recent.
 * One pass: rows that can never be an extreme again are dropped at once, so the oldest one left is the answer.
 *
 * @returns same length; -1 until `window` defined values have been seen
 */
export function extremeRows(values: Float64Array, window: number, sign: 1 | -1): Int32Array {
  const n = values.length;
  const rows = new Int32Array(n).fill(-1);
  const first = firstDefined(values);
  const size = Math.min(window, n) + 1;
  const candidates = new Int32Array(size); // a ring: their values fall from the oldest to the newest
  let oldest = 0;
  let count = 0;
  for (let i = first; i < n; i++) {
    const value = sign * values[i];
    while (count > 0 && sign * values[candidates[(oldest + count - 1) % size]] <= value) count--;
    candidates[(oldest + count++) % size] = i;
    if (candidates[oldest] <= i - window) {
      oldest = (oldest + 1) % size;
      count--;
    }
    if (i - first >= window - 1) rows[i] = candidates[oldest];
  }
  return rows;
}

/** The highest of the last `window` values; NaN until there are as many. Finite memory: `window - 1` bars. */
export function highest(values: Float64Array, window: number): Float64Array {
  return valuesAt(values, extremeRows(values, window, 1));
}

/** The lowest of the last `window` values; NaN until there are as many. Finite memory: `window - 1` bars. */
export function lowest(values: Float64Array, window: number): Float64Array {
  return valuesAt(values, extremeRows(values, window, -1));
}

function valuesAt(values: Float64Array, rows: Int32Array): Float64Array {
  const found = undefinedColumn(rows.length);
  for (let i = 0; i < rows.length; i++) if (rows[i] >= 0) found[i] = values[rows[i]];
  return found;
}
