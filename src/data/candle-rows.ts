import type { CandleColumns } from '../domain/candles.js';

/** Candles as a source gives them: columns of equal length, times ascending, but with holes where there is no candle. */
export type CandleRows = CandleColumns;

export const COLUMN_NAMES = ['timestamp', 'open', 'high', 'low', 'close', 'volume'] as const;

export function emptyRows(length: number): CandleRows {
  const column = (): Float64Array => new Float64Array(length);
  return { openTime: column(), open: column(), high: column(), low: column(), close: column(), volume: column() };
}

export function columnsOf(rows: CandleRows): readonly Float64Array[] {
  return [rows.openTime, rows.open, rows.high, rows.low, rows.close, rows.volume];
}

/** Every column through the same function. */
export function mapColumns(rows: CandleRows, map: (column: Float64Array) => Float64Array): CandleRows {
  return {
    openTime: map(rows.openTime),
    open: map(rows.open),
    high: map(rows.high),
    low: map(rows.low),
    close: map(rows.close),
    volume: map(rows.volume),
  };
}

/** Views on rows [from, to). */
export function sliceRows(rows: CandleRows, from: number, to: number): CandleRows {
  return mapColumns(rows, (column) => column.subarray(from, to));
}

/** First row whose open time is not before `timeMs`. */
export function rowFrom(openTime: Float64Array, timeMs: number): number {
  let [low, high] = [0, openTime.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (openTime[middle] < timeMs) low = middle + 1;
    else high = middle;
  }
  return low;
}
