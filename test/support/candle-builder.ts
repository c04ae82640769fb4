import { Candles } from '../../src/domain/candles.js';
import { barOpenFrom, timeframeMs, type Timeframe } from '../../src/domain/timeframe.js';

export interface BuilderOptions {
  readonly timeframe?: Timeframe;
  /** Open time of the first bar; moved to the next one of the grid. 2024-01-01, a Monday, by default. */
  readonly startMs?: number;
  readonly symbol?: string;
  /** Digits that ramps are rounded to. */
  readonly decimals?: number;
}

export interface Bar {
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
}

const START_MS = Date.UTC(2024, 0, 1);

/** Candles told as a story: `candles().flat(100, 20).ramp(100, 130, 30).gap(3).build()`. */
export function candles(options: BuilderOptions = {}): CandleBuilder {
  return new CandleBuilder(options);
}

export class CandleBuilder {
  private readonly bars: Bar[] = [];
  private readonly marks: number[] = [];

  constructor(private readonly options: BuilderOptions) {}

  /** One bar with every price given; what is left out follows from the close and the bar before. */
  bar(prices: Partial<Bar> & { readonly close: number }): this {
    const { close, open = this.lastClose ?? close, volume = 1 } = prices;
    const { high = Math.max(open, close), low = Math.min(open, close) } = prices;
    this.bars.push({ open, high, low, close, volume });
    this.marks.push(0);
    return this;
  }

  /** Bars that open at the close before and end at these prices. */
  closes(...prices: readonly number[]): this {
    for (const close of prices) this.bar({ close });
    return this;
  }

  /** Bars that do not move at all. */
  flat(price: number, count: number): this {
    for (let i = 0; i < count; i++) this.bar({ open: price, close: price });
    return this;
  }

  /** Closes in even steps; the last one is `to`, the first one a step away from `from`. */
  ramp(from: number, to: number, count: number): this {
    const scale = 10 ** (this.options.decimals ?? 2);
    for (let i = 1; i <= count; i++) this.bar({ close: Math.round((from + ((to - from) * i) / count) * scale) / scale });
    return this;
  }

  /** Bars that the exchange does not have: the last close again, no volume, marked as missing. */
  gap(count: number): this {
    const close = this.lastClose;
    if (close === undefined) throw new Error('A gap needs a bar before it');
    for (let i = 0; i < count; i++) {
      this.bar({ open: close, close, volume: 0 });
      this.marks[this.marks.length - 1] = 1;
    }
    return this;
  }

  build(): Candles {
    const { timeframe = '1h', startMs = START_MS, symbol = 'BTC/USDT' } = this.options;
    return fromBars(this.bars, this.marks, { timeframe, symbol, firstOpenMs: barOpenFrom(startMs, timeframe) });
  }

  private get lastClose(): number | undefined {
    return this.bars.at(-1)?.close;
  }
}

export interface Place {
  readonly timeframe: Timeframe;
  readonly firstOpenMs: number;
  readonly symbol?: string;
}

/** @param marks 1 where the bar is missing */
export function fromBars(bars: readonly Bar[], marks: ArrayLike<number>, { timeframe, firstOpenMs, symbol = 'BTC/USDT' }: Place): Candles {
  const column = (pick: (bar: Bar, i: number) => number): Float64Array => Float64Array.from(bars, pick);
  return Candles.of(
    symbol,
    timeframe,
    {
      openTime: column((_, i) => firstOpenMs + i * timeframeMs(timeframe)),
      open: column((bar) => bar.open),
      high: column((bar) => bar.high),
      low: column((bar) => bar.low),
      close: column((bar) => bar.close),
      volume: column((bar) => bar.volume),
    },
    Uint8Array.from(marks),
  );
}

/** The same rows in memory of their own, checked anew: what a bot gets that fetched only these. */
export function fetchedAlone(candles: Candles): Candles {
  const { symbol, timeframe, openTime, open, high, low, close, volume, missing } = candles;
  const columns = { openTime: openTime.slice(), open: open.slice(), high: high.slice(), low: low.slice(), close: close.slice(), volume: volume.slice() };
  return Candles.of(symbol, timeframe, columns, missing.slice());
}
