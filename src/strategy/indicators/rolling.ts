import { firstDefined } from './defined.js';

/** Mean and population deviation over a moving window. */
export interface RollingMoments {
  readonly mean: Float64Array;
  readonly deviation: Float64Array;
}

/** Bars between two fresh sums: a power of two, at least the window and at least 64. */
export function blockLength(window: number): number {
  return 2 ** Math.max(6, Math.ceil(Math.log2(window)));
}

/** Bars before a row that its rolling value can depend on: the window, and the block before it. */
export function rollingMemory(window: number): number {
  return window - 1 + blockLength(window) - 1;
}

/**
 * Rolling mean and population standard deviation, exact to a few ulp at any length and any price level.
 *
 * Sums are of differences from a pivot, and they start afresh at block borders that are counted from the absolute bar number:
 * row i depends on bars back to the last border and `window - 1` before it, never on where the series begins. They also start
 * afresh where the spread of the window has become so small, against its distance from the pivot or against what has just left it,
 * that it would drown in rounding. Leading undefined values stay undefined.
 *
 * @param firstBar absolute number of the bar in row 0, see `barNumber`
 * @returns same length; NaN until `window` defined values have been seen
 */
export function rollingMoments(values: Float64Array, window: number, firstBar: number): RollingMoments {
  const n = values.length;
  const mean = new Float64Array(n).fill(NaN);
  const deviation = new Float64Array(n).fill(NaN);
  const block = blockLength(window);
  // From a pivot inside the window the spread is at least 1 / window of the sum of squares, so this is not met twice in a row.
  const drowned = 1 / (16 * block);
  const start = firstDefined(values);
  let pivot = 0;
  let sum = 0;
  let squares = 0;
  let most = 0; // largest sum of squares since the last fresh start: its rounding is still in the sums
  let run = 0; // how many equal values end in row i: a constant window has mean x and deviation 0, exactly
  for (let i = start; i < n; i++) {
    const value = values[i];
    run = i > start && value === values[i - 1] ? run + 1 : 1;
    if (i - start < window - 1) continue;
    let fresh = i - start === window - 1 || (firstBar + i) % block === 0;
    if (!fresh) {
      const enter = value - pivot;
      const leave = values[i - window] - pivot;
      sum += enter - leave;
      squares += enter * enter - leave * leave;
      most = Math.max(most, squares);
      fresh = squares - (sum * sum) / window < drowned * most;
    }
    if (fresh) {
      pivot = value;
      sum = 0;
      squares = 0;
      for (let j = i - window + 1; j <= i; j++) {
        const d = values[j] - pivot;
        sum += d;
        squares += d * d;
      }
      most = squares;
    }
    const shift = sum / window;
    mean[i] = run >= window ? value : pivot + shift;
    deviation[i] = run >= window ? 0 : Math.sqrt(Math.max(0, squares / window - shift * shift));
  }
  return { mean, deviation };
}

/** The mean of `rollingMoments` alone. */
export function rollingMean(values: Float64Array, window: number, firstBar: number): Float64Array {
  return rollingMoments(values, window, firstBar).mean;
}
