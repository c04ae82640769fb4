import { CandleDataError } from '../domain/errors.js';
import { isoTime } from '../domain/instant.js';
import type { Timeframe } from '../domain/timeframe.js';
import { columnsOf, rowFrom, type CandleRows } from './candle-rows.js';

/** No candle is put right by more: an open or close that moves so far, and the other too, is another candle. */
const BOTH_OFF = 1.1;
const ONE_OFF = 3;

/**
 * Looks for candles that are known already in an answer. Exchanges put a closed candle a little right now and then; the prices of
 * another market, which the spacing of the rows does not show, have nothing in common with what is known.
 *
 * @returns open times of candles that differ a little: the known ones stay
 * @throws CandleDataError when one differs so much that it cannot be of the same market
 */
export function compareWithKnown(known: CandleRows, fresh: CandleRows, { symbol, timeframe }: { readonly symbol: string; readonly timeframe: Timeframe }): number[] {
  const [old, made] = [columnsOf(known), columnsOf(fresh)];
  const differing: number[] = [];
  for (let f = 0, k = rowFrom(known.openTime, fresh.openTime[0] ?? Infinity); f < fresh.openTime.length && k < known.openTime.length; ) {
    const time = fresh.openTime[f];
    if (time === known.openTime[k] && old.some((column, c) => column[k] !== made[c][f])) {
      if (isAnotherCandle(known, k, fresh, f)) {
        const told = ({ open, high, low, close }: CandleRows, i: number): string => `open ${open[i]}, high ${high[i]}, low ${low[i]}, close ${close[i]}`;
        throw new CandleDataError(
          'DATA.INVALID',
          `The exchange's answer for ${symbol} ${timeframe} is refused: its candle of ${isoTime(time)} (${told(fresh, f)}) has nothing in common with the one that is known (${told(known, k)}). One of the two is of another market; if it is the file, move it away`,
        );
      }
      differing.push(time);
    }
    if (known.openTime[k] <= time) k++;
    else f++;
  }
  return differing;
}

function isAnotherCandle(a: CandleRows, i: number, b: CandleRows, k: number): boolean {
  const off = (one: Float64Array, other: Float64Array): number => Math.max(one[i], other[k]) / Math.min(one[i], other[k]);
  const [open, close] = [off(a.open, b.open), off(a.close, b.close)];
  return Math.min(open, close) > BOTH_OFF || Math.max(open, close, off(a.high, b.high), off(a.low, b.low)) > ONE_OFF;
}
