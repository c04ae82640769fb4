import { undefinedColumn } from './defined.js';
import { extremeRows } from './extremes.js';

/** Both from 0 to 100. */
export interface Aroon {
  readonly up: Float64Array;
  readonly down: Float64Array;
}

/** Finite memory: the window. */
export function aroonMemory(window: number): number {
  return window;
}

/**
 * Aroon (Chande 1995): 100 * (n - bars since the highest high) / n, and the same for the lowest low, over n + 1 bars. Of equal
 * extremes the most recent one counts.
 *
 * @returns columns of the same length; the first `window` rows are NaN
 */
export function aroon(high: Float64Array, low: Float64Array, window: number): Aroon {
  return { up: freshness(extremeRows(high, window + 1, 1), window), down: freshness(extremeRows(low, window + 1, -1), window) };
}

function freshness(rows: Int32Array, window: number): Float64Array {
  const found = undefinedColumn(rows.length);
  for (let i = 0; i < rows.length; i++) if (rows[i] >= 0) found[i] = (100 * (window - (i - rows[i]))) / window;
  return found;
}
