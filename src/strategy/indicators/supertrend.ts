import { atr, atrMemory } from './atr.js';
import { firstDefined, undefinedColumn } from './defined.js';
import { inBlocks, restartMemory } from './restarts.js';
import { clearlyAbove } from './zero.js';

export interface Supertrend {
  /** The band that follows the price: below it in a rise, above it in a fall. Units of the price. */
  readonly line: Float64Array;
  /** 1 up, -1 down. */
  readonly direction: Float64Array;
  /** 1 on a bar whose close turned the trend up, -1 where it turned down, else 0. */
  readonly turns: Int8Array;
}

/** The path since at most this many bars counts; what happened earlier does not. */
const RESTARTS = { lookback: 384, block: 128 };

/** Path-dependent by nature, made finite by its definition: the average true range, then the path of the bands. */
export function supertrendMemory(window: number): number {
  return atrMemory(window) + restartMemory(RESTARTS);
}

/**
 * Supertrend (Seban): bands (high + low) / 2 +/- `multiplier` * ATR. The upper band never rises while closes stay below it, the lower
 * one never falls while they stay above; a close beyond the band that is being followed turns the trend.
 *
 * The path is derived afresh from a bounded number of bars before each block (see `Restarts`), beginning with a falling trend as on the
 * very first bar with an ATR. So a row never depends on where the series begins. Where a block sees another trend than the block before
 * it, `direction` changes without a turn: a turn is something that a close does.
 *
 * @param firstBar absolute number of the bar in row 0, see `barNumber`
 * @returns columns of the same length; the first `window` rows of line and direction are NaN
 */
export function supertrend(
  high: Float64Array,
  low: Float64Array,
  close: Float64Array,
  window: number,
  multiplier: number,
  firstBar: number,
): Supertrend {
  const n = close.length;
  const ranges = atr(high, low, close, window, firstBar);
  const [line, direction, turns] = [undefinedColumn(n), undefinedColumn(n), new Int8Array(n)];
  inBlocks(firstDefined(ranges), n, firstBar, RESTARTS, (from, start, end) => {
    let trend = -1;
    let upper = (high[from] + low[from]) / 2 + multiplier * ranges[from];
    let lower = (high[from] + low[from]) / 2 - multiplier * ranges[from];
    for (let i = from; i < end; i++) {
      let turned = false;
      if (i > from) {
        const middle = (high[i] + low[i]) / 2;
        const width = multiplier * ranges[i];
        const before = close[i - 1];
        upper = clearlyAbove(before, upper) ? middle + width : Math.min(upper, middle + width);
        lower = clearlyAbove(lower, before) ? middle - width : Math.max(lower, middle - width);
        turned = trend === 1 ? clearlyAbove(lower, close[i]) : clearlyAbove(close[i], upper);
        if (turned) trend = -trend;
      }
      if (i < start) continue;
      line[i] = trend === 1 ? lower : upper;
      direction[i] = trend;
      turns[i] = turned ? trend : 0;
    }
  });
  return { line, direction, turns };
}
