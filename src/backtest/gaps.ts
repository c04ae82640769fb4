import type { Candles } from '../domain/candles.js';
import { isoTime } from '../domain/instant.js';
import type { Gap } from './backtest-result.js';

/** The stretches of missing bars. */
export function gapsOf(candles: Candles): Gap[] {
  const gaps: Gap[] = [];
  if (candles.missingBars === 0) return gaps;
  for (let i = 0; i < candles.length; i++) {
    if (candles.missing[i] === 0) continue;
    let end = i;
    while (end < candles.length && candles.missing[end] === 1) end++;
    const from = candles.openTime[i];
    const to = candles.closeTime(end - 1);
    gaps.push({ from, from_iso: isoTime(from), to, to_iso: isoTime(to), missing_bars: end - i });
    i = end;
  }
  return gaps;
}
