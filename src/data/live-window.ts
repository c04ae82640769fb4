import type { Candles } from '../domain/candles.js';
import { isoTime } from '../domain/instant.js';
import { barOpenAt } from '../domain/timeframe.js';

/** Why a window of candles is not fit for opening a position. */
export interface WindowProblem {
  readonly code: 'STALE' | 'GAP' | 'SHORT';
  readonly message: string;
}

/**
 * Entries need a window that is long enough, without holes, and that ends with the last closed candle: an indicator over repeated
 * prices is a guess. Exits do not ask: getting out must be possible while the data limp.
 *
 * @param bars rows that the strategy needs, its warm-up and one
 */
export function entryProblem(candles: Candles, bars: number, nowMs: number): WindowProblem | null {
  if (candles.length < bars) return { code: 'SHORT', message: `There are only ${candles.length} candles; ${bars} are needed` };
  const expected = barOpenAt(nowMs, candles.timeframe) - candles.timeframeMs;
  const newest = candles.openTime[candles.length - 1];
  if (newest !== expected) return { code: 'STALE', message: `The newest candle opens at ${isoTime(newest)}; ${isoTime(expected)} is the last one closed by now` };
  const window = candles.slice(candles.length - bars);
  if (window.missingBars > 0) return { code: 'GAP', message: `${window.missingBars} of the last ${bars} bars have no candle` };
  return null;
}
