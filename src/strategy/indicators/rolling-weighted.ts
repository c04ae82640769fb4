import { firstDefined, undefinedColumn } from './defined.js';
import { blockLength } from './rolling.js';

/** Moving sums of differences from a pivot, plain and weighted 1 (oldest) to n (newest). */
export interface WeightedSums {
  readonly pivot: Float64Array;
  readonly sum: Float64Array;
  readonly weighted: Float64Array;
}

/**
 * The sums behind weighted averages and slopes. Like `rollingMoments` they start afresh at block borders counted from the absolute
 * bar number (same memory), and a window in which nothing moves has sums of exactly 0 around its own value.
 *
 * @param firstBar absolute number of the bar in row 0, see `barNumber`
 * @returns columns of the same length; NaN until `window` defined values have been seen
 */
export function weightedSums(values: Float64Array, window: number, firstBar: number): WeightedSums {
  const n = values.length;
  const [pivots, sums, weighteds] = [undefinedColumn(n), undefinedColumn(n), undefinedColumn(n)];
  const block = blockLength(window);
  const start = firstDefined(values);
  let pivot = 0;
  let sum = 0;
  let weighted = 0;
  let run = 0; // how many equal values end in row i
  for (let i = start; i < n; i++) {
    const value = values[i];
    run = i > start && value === values[i - 1] ? run + 1 : 1;
    if (i - start < window - 1) continue;
    if (i - start === window - 1 || (firstBar + i) % block === 0) {
      pivot = value;
      sum = 0;
      weighted = 0;
      for (let j = i - window + 1, weight = 1; j <= i; j++, weight++) {
        sum += values[j] - pivot;
        weighted += weight * (values[j] - pivot);
      }
    } else {
      const enter = value - pivot;
      // Every weight falls by one as the window moves on.
      weighted += window * enter - sum;
      sum += enter - (values[i - window] - pivot);
    }
    const still = run >= window;
    pivots[i] = still ? value : pivot;
    sums[i] = still ? 0 : sum;
    weighteds[i] = still ? 0 : weighted;
  }
  return { pivot: pivots, sum: sums, weighted: weighteds };
}
