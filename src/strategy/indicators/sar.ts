import { firstDefined, undefinedColumn } from './defined.js';
import { inBlocks, restartMemory } from './restarts.js';
import { clearlyAbove } from './zero.js';

/** The path since at most this many bars counts; what happened earlier does not. */
const RESTARTS = { lookback: 384, block: 128 };

/** Path-dependent by nature, made finite by its definition. */
export const SAR_MEMORY = restartMemory(RESTARTS);

/**
 * Parabolic stop and reverse (Wilder 1978). The stop moves towards the extreme of the trend by a share that grows by `step` with every
 * new extreme, up to `most`; it never enters the range of the last two bars; touching it turns the trend. The first trend is down when
 * the second bar made a lower low that outweighs its higher high, else up.
 *
 * The path is derived afresh from a bounded number of bars before each block (see `Restarts`), so a row never depends on where the
 * series begins.
 *
 * @param firstBar absolute number of the bar in row 0, see `barNumber`
 * @returns same length, in units of the price; the first row is NaN
 */
export function sar(high: Float64Array, low: Float64Array, step: number, most: number, firstBar: number): Float64Array {
  const stops = undefinedColumn(high.length);
  inBlocks(firstDefined(high, low), high.length, firstBar, RESTARTS, (from, start, end) => {
    const second = from + 1;
    if (second >= end) return;
    const fall = low[from] - low[second];
    let up = !(fall > 0 && clearlyAbove(fall, high[second] - high[from], high[from]));
    let stop = up ? low[from] : high[from];
    let extreme = up ? high[second] : low[second];
    let share = step;
    for (let i = second; i < end; i++) {
      const before = Math.max(i - 1, second);
      const highest = Math.max(high[before], high[i]);
      const lowest = Math.min(low[before], low[i]);
      const touched = up ? !clearlyAbove(low[i], stop) : !clearlyAbove(stop, high[i]);
      if (touched) {
        up = !up;
        stop = up ? Math.min(extreme, lowest) : Math.max(extreme, highest);
        extreme = up ? high[i] : low[i];
        share = step;
      }
      if (i >= start) stops[i] = stop;
      if (!touched && (up ? high[i] > extreme : low[i] < extreme)) {
        extreme = up ? high[i] : low[i];
        share = Math.min(share + step, most);
      }
      stop += share * (extreme - stop);
      stop = up ? Math.min(stop, lowest) : Math.max(stop, highest);
    }
  });
  return stops;
}
