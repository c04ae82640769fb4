import { CandleDataError } from './errors.js';
import { coarsen, HigherCandles } from './higher-candles.js';
import { shortTime } from './instant.js';
import { ticksOf, type Ticks } from './ticks.js';
import { gridOffsetMs, timeframeMs, type Timeframe } from './timeframe.js';

export const PRICE_COLUMNS = ['open', 'high', 'low', 'close'] as const;
export type PriceColumn = (typeof PRICE_COLUMNS)[number];

/** OHLCV columns of equal length, oldest first, on a regular grid: openTime[i] = openTime[0] + i * timeframeMs. */
export interface CandleColumns {
  /** UTC milliseconds of the bar's OPEN. */
  readonly openTime: Float64Array;
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  /** In base currency. */
  readonly volume: Float64Array;
}

/** Checked, immutable candles of one market. Slices are views on the same memory. */
export class Candles implements CandleColumns {
  readonly length: number;
  private missingCount = -1;
  private readonly ticks: Partial<Record<PriceColumn, Ticks | null>> = {};
  private readonly higher: Partial<Record<Timeframe, HigherCandles<Candles>>> = {};

  private constructor(
    readonly symbol: string,
    readonly timeframe: Timeframe,
    readonly openTime: Float64Array,
    readonly open: Float64Array,
    readonly high: Float64Array,
    readonly low: Float64Array,
    readonly close: Float64Array,
    readonly volume: Float64Array,
    /** 1 where the exchange has no candle and the row repeats the last close with volume 0. Nothing can be filled on such a bar. */
    readonly missing: Uint8Array,
    private readonly parent: { readonly candles: Candles; readonly from: number } | null,
  ) {
    this.length = openTime.length;
  }

  /**
   * @param missing one mark per row; left out means that every candle is real
   * @throws CandleDataError unless lengths agree, times are on the grid and rising by one step, prices finite and positive,
   *   low <= open, close <= high, volume >= 0
   */
  static of(symbol: string, timeframe: Timeframe, columns: CandleColumns, missing?: Uint8Array): Candles {
    const marks = missing ?? new Uint8Array(columns.openTime.length);
    check(timeframe, columns, marks);
    const { openTime, open, high, low, close, volume } = columns;
    return new Candles(symbol, timeframe, openTime, open, high, low, close, volume, marks, null);
  }

  /**
   * Prices of a column as exact integers, `price = ticks / scale`: sums of them are exact whatever the order, so every
   * window sum is the same in a live window and in a whole history. Worked out once, shared by all slices.
   *
   * @returns null when the prices are no decimals of a common step (then sums have to be anchored, see `rollingMean`)
   */
  ticksOf(column: PriceColumn): Ticks | null {
    const known = this.ticks[column];
    if (known !== undefined) return known;
    const made = this.parent === null ? ticksOf(this[column]) : viewOf(this.parent.candles.ticksOf(column), this.parent.from, this.length);
    this.ticks[column] = made;
    return made;
  }

  /** Power of ten that makes every price an integer; null when there is none. */
  get priceScale(): number | null {
    const scales = PRICE_COLUMNS.map((column) => this.ticksOf(column)?.scale ?? null);
    return scales.includes(null) ? null : Math.max(...(scales as number[]));
  }

  get timeframeMs(): number {
    return timeframeMs(this.timeframe);
  }

  /**
   * The closed candles of a longer timeframe of the same market, as these bars know them: at the close of a bar the last one that has
   * closed by then is visible. Worked out once.
   *
   * @throws CandleDataError when the timeframe is shorter than that of the bars, or no multiple of it
   */
  at(timeframe: Timeframe): HigherCandles<Candles> {
    return (this.higher[timeframe] ??= this.madeAt(timeframe));
  }

  private madeAt(timeframe: Timeframe): HigherCandles<Candles> {
    const { columns, missing, rows } = coarsen(this, this.missing, this.timeframe, timeframe);
    return new HigherCandles(Candles.of(this.symbol, timeframe, columns, missing), rows);
  }

  /** Milliseconds at which row i is complete and may be acted on. */
  closeTime(i: number): number {
    return this.openTime[i] + this.timeframeMs;
  }

  /** First row whose open time is not before `timeMs`; `length` when there is none. */
  indexFrom(timeMs: number): number {
    if (this.length === 0) return 0;
    const index = Math.ceil((timeMs - this.openTime[0]) / this.timeframeMs);
    return Math.min(Math.max(index, 0), this.length);
  }

  slice(from: number, to = this.length): Candles {
    const [start, end] = [Math.max(0, from), Math.min(to, this.length)];
    if (start === 0 && end === this.length) return this;
    const root = this.origin;
    const cut = <C extends Float64Array | Uint8Array>(column: C): C => column.subarray(start, Math.max(start, end)) as C;
    return new Candles(
      this.symbol,
      this.timeframe,
      cut(this.openTime),
      cut(this.open),
      cut(this.high),
      cut(this.low),
      cut(this.close),
      cut(this.volume),
      cut(this.missing),
      { candles: root.candles, from: root.from + start },
    );
  }

  /** The candles that this is a slice of, which may be itself, and the row of theirs that is row 0 here. */
  get origin(): { readonly candles: Candles; readonly from: number } {
    return this.parent ?? { candles: this, from: 0 };
  }

  /** Rows with fromMs <= openTime < toMs. */
  between(fromMs: number, toMs: number): Candles {
    return this.slice(this.indexFrom(fromMs), this.indexFrom(toMs));
  }

  /** Rows without a candle of their own. Counted once. */
  get missingBars(): number {
    if (this.missingCount < 0) this.missingCount = this.parent?.candles.missingBars === 0 ? 0 : countMarks(this.missing);
    return this.missingCount;
  }
}

function countMarks(marks: Uint8Array): number {
  let count = 0;
  for (let i = 0; i < marks.length; i++) count += marks[i];
  return count;
}

function viewOf(ticks: Ticks | null, from: number, length: number): Ticks | null {
  return ticks === null ? null : { ...ticks, values: ticks.values.subarray(from, from + length) };
}

function check(timeframe: Timeframe, columns: CandleColumns, missing: Uint8Array): void {
  const { openTime, open, high, low, close, volume } = columns;
  const n = openTime.length;
  for (const [name, column] of Object.entries({ open, high, low, close, volume, missing })) {
    if (column.length !== n) throw invalid(`Column "${name}" has ${column.length} values; expected ${n}, one per open time`);
  }
  const step = timeframeMs(timeframe);
  if (n > 0 && (openTime[0] - gridOffsetMs(timeframe)) % step !== 0) {
    throw invalid(`Open time ${openTime[0]} is not on the ${timeframe} grid`);
  }
  for (let i = 0; i < n; i++) {
    // One comparison chain per row: NaN fails every comparison, so it cannot slip through.
    const sound =
      low[i] > 0 &&
      low[i] <= open[i] &&
      low[i] <= close[i] &&
      high[i] >= open[i] &&
      high[i] >= close[i] &&
      high[i] < Infinity &&
      volume[i] >= 0 &&
      volume[i] < Infinity &&
      missing[i] <= 1 &&
      openTime[i] === openTime[0] + i * step;
    if (!sound) throw invalid(`Candle ${i} ${describeFault(columns, i, step)}`);
  }
}

/** The last moment that a `Date` can name. */
const LATEST_DATE_MS = 8.64e15;

function describeFault({ openTime, open, high, low, close, volume }: CandleColumns, i: number, step: number): string {
  if (openTime[i] !== openTime[0] + i * step) return `opens at ${openTime[i]}; expected ${openTime[0] + i * step}, one step of ${step} ms after the last`;
  const at = `(${Math.abs(openTime[i]) <= LATEST_DATE_MS ? shortTime(openTime[i]) : openTime[i]})`;
  for (const [name, value] of Object.entries({ open: open[i], high: high[i], low: low[i], close: close[i] })) {
    if (!(value > 0 && value < Infinity)) return `${at} has ${name} ${value}; expected a finite price above 0`;
  }
  if (!(volume[i] >= 0 && volume[i] < Infinity)) return `${at} has volume ${volume[i]}; expected a finite number, 0 or more`;
  if (!(high[i] < low[i] || low[i] > Math.min(open[i], close[i]) || high[i] < Math.max(open[i], close[i]))) return `${at} has a mark of missing other than 0 and 1`;
  return `${at} has open ${open[i]}, high ${high[i]}, low ${low[i]}, close ${close[i]}; expected low <= open, close <= high`;
}

function invalid(message: string): CandleDataError {
  return new CandleDataError('DATA.INVALID', message);
}
