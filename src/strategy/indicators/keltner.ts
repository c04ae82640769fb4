import { atr, atrMemory } from './atr.js';
import { bandsAround, type Bands } from './bands.js';
import { ema, emaMemory } from './ema.js';

/** Fading memory: the longer of the two averages. */
export function keltnerMemory(emaWindow: number, atrWindow: number): number {
  return Math.max(emaMemory(emaWindow), atrMemory(atrWindow));
}

/**
 * Keltner channel: exponential average of closes +/- `multiplier` average true ranges (Wilder's).
 *
 * @param firstBar absolute number of the bar in row 0, see `barNumber`
 * @returns columns of the same length; NaN until both averages are defined
 */
export function keltner(
  high: Float64Array,
  low: Float64Array,
  close: Float64Array,
  windows: { readonly ema: number; readonly atr: number },
  multiplier: number,
  firstBar: number,
): Bands {
  return bandsAround(ema(close, windows.ema, firstBar), atr(high, low, close, windows.atr, firstBar), multiplier);
}
