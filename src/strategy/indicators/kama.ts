import { firstDefined, undefinedColumn } from './defined.js';
import { inBlocks, restartMemory, type Restarts } from './restarts.js';
import { rollingMean, rollingMemory } from './rolling.js';

/**
 * In a market without any direction the average moves by a share of (2 / (slow + 1))^2 per bar. Seven of those time constants leave a
 * thousandth of the seed at worst; on real prices, which have some direction, far less.
 */
function restartsOf(window: number, slow: number): Restarts {
  const timeConstant = ((slow + 1) / 2) ** 2;
  return { lookback: Math.ceil(7 * timeConstant) + window, block: Math.ceil(3 * timeConstant) };
}

/** Fading memory, and a long one: the average hardly moves where prices go nowhere. */
export function kamaMemory(window: number, slow = 30): number {
  return restartMemory(restartsOf(window, slow)) + rollingMemory(window) + 1;
}

/**
 * Kaufman's adaptive moving average (1995): y += s^2 * (x - y), where s lies between 2 / (slow + 1) and 2 / (fast + 1) by the
 * efficiency of the last n bars, abs(x[i] - x[i-n]) / sum of abs changes. Starts from the n-th value.
 *
 * @param firstBar absolute number of the bar in row 0, see `barNumber`
 * @returns same length and unit; the first `window` rows are NaN. Where nothing moved the efficiency is 0.
 */
export function kama(values: Float64Array, window: number, firstBar: number, fast = 2, slow = 30): Float64Array {
  const averages = undefinedColumn(values.length);
  const paths = rollingMean(absoluteChanges(values), window, firstBar);
  const slowest = 2 / (slow + 1);
  const range = 2 / (fast + 1) - slowest;
  inBlocks(firstDefined(values), values.length, firstBar, restartsOf(window, slow), (from, start, end) => {
    let y = values[from + window - 1];
    for (let i = from + window; i < end; i++) {
      const path = paths[i] * window;
      const efficiency = path > 0 ? Math.min(1, Math.abs(values[i] - values[i - window]) / path) : 0;
      const share = (efficiency * range + slowest) ** 2;
      y += share * (values[i] - y);
      if (i >= start) averages[i] = y;
    }
  });
  return averages;
}

function absoluteChanges(values: Float64Array): Float64Array {
  const changes = undefinedColumn(values.length);
  for (let i = 1; i < values.length; i++) changes[i] = Math.abs(values[i] - values[i - 1]);
  return changes;
}
