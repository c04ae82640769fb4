import type { Candles } from '../domain/candles.js';
import { isSpike } from './spike.js';

/** The doctor's verdict on the candles of a run. They passed the door, so what is left are facts to know, not damage. */
export interface DataQuality {
  readonly verdict: 'clean' | 'usable';
  readonly missing_bars: number;
  readonly zero_volume_bars: number;
  /** Bars that leave both their neighbours by more than a factor of three. */
  readonly spikes: number;
}

export function qualityOf(candles: Candles): DataQuality {
  const { close, high, low, open, volume, missing } = candles;
  let zeroVolume = 0;
  let spikes = 0;
  for (let i = 0; i < candles.length; i++) {
    if (volume[i] === 0 && missing[i] === 0) zeroVolume++;
    if (i > 0 && i < candles.length - 1 && isSpike(close[i - 1], high[i], low[i], open[i + 1])) spikes++;
  }
  const clean = candles.missingBars === 0 && zeroVolume === 0 && spikes === 0;
  return { verdict: clean ? 'clean' : 'usable', missing_bars: candles.missingBars, zero_volume_bars: zeroVolume, spikes };
}
