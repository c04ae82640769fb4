import { firstDefined, undefinedColumn } from './defined.js';
import { fadingRestarts, inBlocks, restartMemory } from './restarts.js';

/** Where nothing ever moved there is neither strength nor weakness. */
export const RSI_NEUTRAL = 50;

/** Fading memory: 46 * n bars and the one before them. */
export function rsiMemory(window: number): number {
  return restartMemory(fadingRestarts(window)) + 1;
}

/**
 * Relative strength index (Wilder 1978): 100 * g / (g + l), where g and l are Wilder's averages of gains and losses per bar.
 *
 * @param firstBar absolute number of the bar in row 0, see `barNumber`
 * @returns same length, 0 to 100; the first `window` rows are NaN. 50 where g + l = 0.
 */
export function rsi(values: Float64Array, window: number, firstBar: number): Float64Array {
  const strengths = undefinedColumn(values.length);
  const { lookback, block } = fadingRestarts(window);
  inBlocks(firstDefined(values), values.length, firstBar, { lookback: lookback + 1, block }, (from, start, end) => {
    const seeded = from + window;
    if (seeded >= end) return;
    let gain = 0;
    let loss = 0;
    for (let i = from + 1; i <= seeded; i++) {
      const change = values[i] - values[i - 1];
      if (change > 0) gain += change;
      else loss -= change;
    }
    gain /= window;
    loss /= window;
    if (seeded >= start) strengths[seeded] = strengthOf(gain, loss);
    for (let i = seeded + 1; i < end; i++) {
      const change = values[i] - values[i - 1];
      gain += (Math.max(change, 0) - gain) / window;
      loss += (Math.max(-change, 0) - loss) / window;
      if (i >= start) strengths[i] = strengthOf(gain, loss);
    }
  });
  return strengths;
}

function strengthOf(gain: number, loss: number): number {
  const total = gain + loss;
  return total === 0 ? RSI_NEUTRAL : (100 * gain) / total;
}
