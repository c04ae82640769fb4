import { firstDefined, undefinedColumn } from './defined.js';
import { fadingRestarts, inBlocks, restartMemory, type Restarts } from './restarts.js';
import { trueRange } from './true-range.js';
import { ZERO_SHARE } from './zero.js';

/** All four from 0 to 100. */
export interface Adx {
  readonly plusDi: Float64Array;
  readonly minusDi: Float64Array;
  readonly dx: Float64Array;
  readonly adx: Float64Array;
}

/** Two of Wilder's averages in a chain, prepared together: the index of a block starts where its sums do. */
function restartsOf(window: number): Restarts {
  const { lookback, block } = fadingRestarts(2 * window);
  return { lookback: lookback + 1, block };
}

/** Fading memory: 92 * n bars and the one before them. */
export function adxMemory(window: number): number {
  return restartMemory(restartsOf(window));
}

/**
 * Average directional index (Wilder 1978). Averages of true range and of directional movement, y += (x - y) / n, start from the mean
 * of the first n values; DI = 100 * movement / range; DX = 100 * abs(+DI - -DI) / (+DI + -DI); ADX is Wilder's average of DX.
 *
 * @param firstBar absolute number of the bar in row 0, see `barNumber`
 * @param tieShare share of the price by which a move up and a move down must differ; equal ones cancel, and what is equal in decimals
 *   (0.3 - 0.2 and 0.2 - 0.1) is not always equal in doubles. 0 takes the doubles as they are.
 * @returns columns of the same length: DI and DX from row `window` on, ADX from row `2 * window - 1`. Without any range both DI are 0;
 *   without any movement DX keeps its value, 0 at the start.
 */
export function adx(high: Float64Array, low: Float64Array, close: Float64Array, window: number, firstBar: number, tieShare = 0): Adx {
  const n = close.length;
  const ranges = trueRange(high, low, close);
  const found = { plusDi: undefinedColumn(n), minusDi: undefinedColumn(n), dx: undefinedColumn(n), adx: undefinedColumn(n) };
  inBlocks(firstDefined(high, low, close), n, firstBar, restartsOf(window), (from, start, end) => {
    let [range, plus, minus, dx, average] = [0, 0, 0, 0, 0];
    for (let i = from + 1; i < end; i++) {
      const age = i - from; // bars with a range so far
      const up = high[i] - high[i - 1];
      const down = low[i - 1] - low[i];
      const tie = tieShare * high[i];
      const share = 1 / Math.min(age, window); // the mean so far, then Wilder's average
      range += share * (ranges[i] - range);
      plus += share * ((up > 0 && up - down > tie ? up : 0) - plus);
      minus += share * ((down > 0 && down - up > tie ? down : 0) - minus);
      if (age < window) continue;
      const plusDi = range > 0 ? (100 * plus) / range : 0;
      const minusDi = range > 0 ? (100 * minus) / range : 0;
      const sum = plusDi + minusDi;
      if (sum > 100 * ZERO_SHARE) dx = (100 * Math.abs(plusDi - minusDi)) / sum;
      average += (dx - average) / Math.min(age - window + 1, window);
      if (i < start) continue;
      found.plusDi[i] = plusDi;
      found.minusDi[i] = minusDi;
      found.dx[i] = dx;
      if (age >= 2 * window - 1) found.adx[i] = average;
    }
  });
  return found;
}
