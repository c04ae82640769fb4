import { columnsOf, emptyRows, sliceRows, type CandleRows } from './candle-rows.js';

export interface MergedRows {
  readonly rows: CandleRows;
  readonly added: number;
  /** Open times for which both sides have a candle, and not the same one: the older one stays. */
  readonly conflicts: readonly number[];
}

/** Both series as one, ascending; of two candles of the same time the one of `held` stays. */
export function mergeRows(held: CandleRows, fresh: CandleRows): MergedRows {
  const from = columnsOf(held);
  const and = columnsOf(fresh);
  const merged = emptyRows(held.openTime.length + fresh.openTime.length);
  const into = columnsOf(merged);
  const conflicts: number[] = [];
  let [h, f, n, added] = [0, 0, 0, 0];
  while (h < held.openTime.length || f < fresh.openTime.length) {
    const heldTime = h < held.openTime.length ? held.openTime[h] : Infinity;
    const freshTime = f < fresh.openTime.length ? fresh.openTime[f] : Infinity;
    if (heldTime === freshTime && from.some((column, c) => column[h] !== and[c][f])) conflicts.push(heldTime);
    const [source, row] = heldTime <= freshTime ? [from, h] : [and, f];
    for (let c = 0; c < 6; c++) into[c][n] = source[c][row];
    if (freshTime < heldTime) added++;
    if (heldTime <= freshTime) h++;
    if (freshTime <= heldTime) f++;
    n++;
  }
  return { rows: sliceRows(merged, 0, n), added, conflicts };
}
