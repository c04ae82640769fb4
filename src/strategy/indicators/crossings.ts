import { SignalListBuilder, type SignalList } from '../../domain/signal.js';
import { EXACT_LIMIT, type Ticks } from '../../domain/ticks.js';

/**
 * Bars that a run of equal values may last and still be skipped over. A finite memory is what lets a live window and a whole
 * history agree to the bit: after a longer run the side is unknown, as it is before the first bar.
 */
export const TIE_MEMORY = 600;

/**
 * Where one series crosses another: +1 on the bar where `a` has come from below `b` to above it, -1 where it has come from above
 * to below, 0 elsewhere. Equal values in between are skipped over (at most `TIE_MEMORY` of them in a row).
 *
 * @returns one per row; 0 while either series is undefined (NaN) and on the first row where both are defined
 */
export function crossings(a: Float64Array, b: Float64Array): Int8Array {
  const n = a.length;
  const signals = new Int8Array(n);
  let side = 0;
  let sideAt = 0; // last row that was not a tie
  for (let i = 0; i < n; i++) {
    const now = a[i] > b[i] ? 1 : a[i] < b[i] ? -1 : 0;
    if (now === 0) {
      if (a[i] !== b[i]) side = 0; // undefined: nothing is known of the side
      continue;
    }
    if (side === -now && i - sideAt <= TIE_MEMORY + 1) signals[i] = now;
    side = now;
    sideAt = i;
  }
  return signals;
}

/**
 * Whether `smaCrossings` can compare the two averages in whole numbers and finds what their columns show. Half the limit: two
 * whole numbers between 2^52 and 2^53 may differ although the averages made of them round to the same double.
 */
export function crossingIsExact(ticks: Ticks, fast: number, slow: number): boolean {
  return ticks.largest * fast * slow < EXACT_LIMIT / 2;
}

/**
 * `crossings(sma(fast), sma(slow))` of one price column without the two columns of averages: `slow * sum(fast)` against
 * `fast * sum(slow)`, whole numbers throughout. Needs `crossingIsExact`, and fast < slow.
 *
 * A pass from crossing to crossing: the scan is a function of its own with one loop for each side, which V8 keeps in registers.
 */
export function smaCrossings(ticks: Float64Array, fast: number, slow: number): SignalList {
  const n = ticks.length;
  const sums = windowSums(ticks, fast, slow);
  let row = Math.min(slow, n) - 1;
  // Until the averages differ for the first time the side is unknown.
  while (row < n - 1 && sums[0] * slow === sums[1] * fast) row = step(ticks, row, fast, slow, sums);
  let above = sums[0] * slow > sums[1] * fast;
  const found = new SignalListBuilder();
  for (;;) {
    row = above ? scanDown(ticks, row, fast, slow, sums) : scanUp(ticks, row, fast, slow, sums);
    if (row === n) break;
    above = !above;
    if (tieLength(ticks, fast, slow, row, sums) <= TIE_MEMORY) found.add(row, above ? 1 : -1);
  }
  return found.build();
}

/** Sums of the last `fast` and `slow` ticks on row `slow - 1`. */
function windowSums(ticks: Float64Array, fast: number, slow: number): Float64Array {
  const sums = new Float64Array(2);
  for (let i = 0; i < Math.min(slow, ticks.length); i++) {
    sums[1] += ticks[i];
    if (i >= slow - fast) sums[0] += ticks[i];
  }
  return sums;
}

function step(ticks: Float64Array, row: number, fast: number, slow: number, sums: Float64Array): number {
  const next = row + 1;
  sums[0] += ticks[next] - ticks[next - fast];
  sums[1] += ticks[next] - ticks[next - slow];
  return next;
}

/** The first row after `row` on which the fast average is above the slow one; the number of rows when there is none. */
function scanUp(ticks: Float64Array, row: number, fast: number, slow: number, sums: Float64Array): number {
  const n = ticks.length;
  let sumFast = sums[0];
  let sumSlow = sums[1];
  let i = row + 1;
  for (; i < n; i++) {
    const tick = ticks[i];
    sumFast += tick - ticks[i - fast];
    sumSlow += tick - ticks[i - slow];
    if (sumFast * slow > sumSlow * fast) break;
  }
  sums[0] = sumFast;
  sums[1] = sumSlow;
  return Math.min(i, n);
}

/** The same for below. */
function scanDown(ticks: Float64Array, row: number, fast: number, slow: number, sums: Float64Array): number {
  const n = ticks.length;
  let sumFast = sums[0];
  let sumSlow = sums[1];
  let i = row + 1;
  for (; i < n; i++) {
    const tick = ticks[i];
    sumFast += tick - ticks[i - fast];
    sumSlow += tick - ticks[i - slow];
    if (sumFast * slow < sumSlow * fast) break;
  }
  sums[0] = sumFast;
  sums[1] = sumSlow;
  return Math.min(i, n);
}

/**
 * How many rows right before `row` have equal averages; counted to `TIE_MEMORY + 1` at most.
 *
 * @param sums those of `row`
 */
function tieLength(ticks: Float64Array, fast: number, slow: number, row: number, sums: Float64Array): number {
  let sumFast = sums[0];
  let sumSlow = sums[1];
  let length = 0;
  for (let i = row; i >= slow && length <= TIE_MEMORY; i--, length++) {
    sumFast -= ticks[i] - ticks[i - fast];
    sumSlow -= ticks[i] - ticks[i - slow];
    if (sumFast * slow !== sumSlow * fast) break;
  }
  return length;
}
