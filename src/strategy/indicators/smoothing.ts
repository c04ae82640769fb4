import { firstDefined, undefinedColumn } from './defined.js';
import { inBlocks, type Restarts } from './restarts.js';

/**
 * Exponential smoothing, y += alpha * (x - y), seeded with the mean of the first `seedBars` defined values and started afresh at
 * block borders (see `Restarts`).
 *
 * @returns same length; the first defined row is `seedBars - 1` rows after the first defined value
 */
export function smoothed(values: Float64Array, seedBars: number, alpha: number, restarts: Restarts, firstBar: number): Float64Array {
  const averages = undefinedColumn(values.length);
  inBlocks(firstDefined(values), values.length, firstBar, restarts, (from, start, end) => {
    const seeded = from + seedBars - 1;
    if (seeded >= end) return;
    let y = meanOf(values, from, seedBars);
    for (let i = seeded + 1; i < start; i++) y += alpha * (values[i] - y);
    if (seeded >= start) averages[seeded] = y;
    for (let i = Math.max(start, seeded + 1); i < end; i++) {
      y += alpha * (values[i] - y);
      averages[i] = y;
    }
  });
  return averages;
}

/** Mean of `count` values from row `from` on, as the first plus the mean of the differences from it: exact where nothing moves. */
export function meanOf(values: Float64Array, from: number, count: number): number {
  let sum = 0;
  for (let i = from; i < from + count; i++) sum += values[i] - values[from];
  return values[from] + sum / count;
}
