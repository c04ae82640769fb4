import { emptyRows, type CandleRows } from '../../src/data/candle-rows.js';
import type { TimeRange } from '../../src/data/ranges.js';

export const HOUR_MS = 3_600_000;
const T0 = Date.UTC(2024, 0, 1);

/** Part of a market's hours that is merged at once, counted from 2024. */
export interface Piece {
  readonly from: number;
  readonly to: number;
}

/** Hours in which the market was halted: there are no candles, and the exchange has been asked. */
export type Halts = ReadonlySet<number>;

export const rangeOf = ({ from, to }: Piece): TimeRange => ({ from: T0 + from * HOUR_MS, to: T0 + to * HOUR_MS });

/** The candles of some hours: always the same ones, with digits of every number before and after the point. */
export function rowsOfPiece({ from, to }: Piece, halts: Halts = new Set()): CandleRows {
  const hours = Array.from({ length: to - from }, (_, i) => from + i).filter((hour) => !halts.has(hour));
  const rows = emptyRows(hours.length);
  hours.forEach((hour, i) => {
    const open = ((hour * 7919) % 10_007) / 100 + 1;
    rows.openTime[i] = T0 + hour * HOUR_MS;
    rows.open[i] = open;
    rows.close[i] = ((hour * 104_729) % 10_007) / 1000 + 1;
    rows.high[i] = Math.max(open, rows.close[i]) + 0.001;
    rows.low[i] = Math.min(open, rows.close[i]) / 2;
    rows.volume[i] = (hour % 5) / 10 ** (hour % 9);
  });
  return rows;
}

export const hoursOf = ({ openTime }: CandleRows): number[] => Array.from(openTime, (time) => (time - T0) / HOUR_MS);
export const pieceOf = ({ from, to }: TimeRange): Piece => ({ from: (from - T0) / HOUR_MS, to: (to - T0) / HOUR_MS });
