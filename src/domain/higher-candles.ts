import { CandleDataError } from './errors.js';
import { barOpenFrom, gridOffsetMs, timeframeMs, type Timeframe } from './timeframe.js';

/** Columns of equal length, one row per candle. */
interface Columns {
  readonly openTime: Float64Array;
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  readonly volume: Float64Array;
}

/** Where the candles of a longer timeframe lie among the rows that they are made of. */
export interface HigherRows {
  /** How many rows there are. */
  readonly length: number;
  /** The row with which the first whole candle begins. */
  readonly first: number;
  /** Rows to a candle. */
  readonly perCandle: number;
}

/**
 * Closed candles of a longer timeframe, seen from the bars that they are made of: a candle is visible from the bar on at whose close it is
 * closed itself, and before that the one before it is. A candle that the bars do not cover from its beginning to its end is not there.
 */
export class HigherCandles<C extends Columns> implements Columns {
  private readonly seen: Partial<Record<keyof Columns, Float64Array>> = {};

  /** @param candles one row per candle of the longer timeframe: what is worked out on them becomes visible by `align` */
  constructor(
    readonly candles: C,
    private readonly rows: HigherRows,
  ) {}

  /**
   * @param column one value per candle of the longer timeframe
   * @returns one value per bar: that of the last candle closed by then; NaN before the first
   */
  align(column: ArrayLike<number>): Float64Array {
    const { length, first, perCandle } = this.rows;
    const aligned = new Float64Array(length).fill(NaN);
    for (let k = 0; k < column.length; k++) {
      const closedAt = first + (k + 1) * perCandle - 1;
      aligned.fill(column[k], closedAt, closedAt + perCandle);
    }
    return aligned;
  }

  /** When the last closed candle opened, UTC ms; one value per bar, as with all that follow. */
  get openTime(): Float64Array {
    return this.column('openTime');
  }

  get open(): Float64Array {
    return this.column('open');
  }

  get high(): Float64Array {
    return this.column('high');
  }

  get low(): Float64Array {
    return this.column('low');
  }

  get close(): Float64Array {
    return this.column('close');
  }

  get volume(): Float64Array {
    return this.column('volume');
  }

  /** Made once: strategies ask for them row by row. */
  private column(name: keyof Columns): Float64Array {
    return (this.seen[name] ??= this.align(this.candles[name]));
  }
}

/** Rows of one timeframe as candles of a longer one. */
export interface Coarsened {
  readonly columns: Columns;
  readonly missing: Uint8Array;
  readonly rows: HigherRows;
}

/**
 * First open, highest high, lowest low, last close and the sum of the volumes of the real rows, on the grid of absolute time: a candle is
 * the same whatever row the series begins with. Where no row of a candle is real it repeats the last close, and is missing itself.
 *
 * @throws CandleDataError when the timeframe is shorter, or no multiple
 */
export function coarsen(base: Columns, missing: Uint8Array, from: Timeframe, to: Timeframe): Coarsened {
  const perCandle = barsPerCandle(from, to);
  const length = base.openTime.length;
  const first = length === 0 ? 0 : Math.round((barOpenFrom(base.openTime[0], to) - base.openTime[0]) / timeframeMs(from));
  const count = Math.max(0, Math.floor((length - first) / perCandle));
  const column = (): Float64Array => new Float64Array(count);
  const made = { openTime: column(), open: column(), high: column(), low: column(), close: column(), volume: column() };
  const marks = new Uint8Array(count);
  for (let k = 0; k < count; k++) {
    const start = first + k * perCandle;
    let row = start;
    while (row < start + perCandle - 1 && missing[row] === 1) row++;
    marks[k] = missing[row];
    let [high, low, close, volume] = [base.high[row], base.low[row], base.close[row], base.volume[row]];
    made.openTime[k] = base.openTime[start];
    made.open[k] = base.open[row];
    for (row++; row < start + perCandle; row++) {
      if (missing[row] === 1) continue;
      high = Math.max(high, base.high[row]);
      low = Math.min(low, base.low[row]);
      close = base.close[row];
      volume += base.volume[row];
    }
    made.high[k] = high;
    made.low[k] = low;
    made.close[k] = close;
    made.volume[k] = volume;
  }
  return { columns: made, missing: marks, rows: { length, first, perCandle } };
}

/**
 * How many bars of one timeframe make a candle of the other.
 *
 * @throws CandleDataError when the timeframe is shorter, or no multiple
 */
export function barsPerCandle(from: Timeframe, to: Timeframe): number {
  const perCandle = timeframeMs(to) / timeframeMs(from);
  if (!Number.isInteger(perCandle) || (gridOffsetMs(to) - gridOffsetMs(from)) % timeframeMs(from) !== 0) {
    throw new CandleDataError('DATA.INVALID', `Candles of ${to} cannot be made of candles of ${from}: set timeframe to one that ${to} is a multiple of`);
  }
  return perCandle;
}

/**
 * Bars before a bar that a value of a longer timeframe can depend on there: up to one candle less a bar since the last one closed, that one
 * itself, and all that it remembers.
 *
 * @param memory candles of the longer timeframe before its own that a value depends on
 * @param base timeframe of the bars
 * @throws CandleDataError when the timeframe is shorter, or no multiple
 */
export function higherMemory(memory: number, higher: Timeframe, base: Timeframe): number {
  return (memory + 2) * barsPerCandle(base, higher) - 2;
}
