import type { Candles, PriceColumn } from '../domain/candles.js';
import type { HigherCandles } from '../domain/higher-candles.js';
import type { Timeframe } from '../domain/timeframe.js';
import { AverageIndicators } from './indicator-set-averages.js';
import { adx, type Adx } from './indicators/adx.js';
import { aroon, type Aroon } from './indicators/aroon.js';
import { bandsAround, type Bands } from './indicators/bands.js';
import { cci } from './indicators/cci.js';
import { donchian } from './indicators/donchian.js';
import { mfi } from './indicators/mfi.js';
import { momentum } from './indicators/momentum.js';
import { obv } from './indicators/obv.js';
import { rma } from './indicators/rma.js';
import { roc } from './indicators/roc.js';
import { rsi } from './indicators/rsi.js';
import { sar } from './indicators/sar.js';
import { stochastic, type Stochastic, type StochasticWindows } from './indicators/stochastic.js';
import { stochRsi, type StochRsiWindows } from './indicators/stochrsi.js';
import { supertrend, type Supertrend } from './indicators/supertrend.js';
import { trueRange } from './indicators/true-range.js';
import { vwap } from './indicators/vwap.js';
import { williamsR } from './indicators/williams-r.js';
import { ZERO_SHARE } from './indicators/zero.js';

/**
 * Memoised indicators over one set of candles: asking twice costs nothing, so strategies ask freely.
 *
 * Averages and what is made of them are inherited; here is what looks at whole bars and at strength. Windows are in bars; every column
 * is as long as the candles and NaN until it is defined. A memory named here is what `warmupBars` has to add up.
 */
export class IndicatorSet extends AverageIndicators {
  private readonly higher: Partial<Record<Timeframe, IndicatorSet>> = {};

  /**
   * The same indicators on the closed candles of a longer timeframe, still one value per bar: windows count candles of that timeframe, and
   * a value becomes visible at the close of the bar at which its candle closes. In between it stays, so what happens once there (a turn of
   * the supertrend) stands for a whole candle here. Memory: `higherMemory`.
   *
   * @throws CandleDataError when the timeframe is shorter than that of the bars, or no multiple of it
   */
  at(timeframe: Timeframe): IndicatorSet {
    return (this.higher[timeframe] ??= new HigherIndicators(this.candles.at(timeframe)));
  }

  /** Wilder's relative strength, 0 to 100; 50 where nothing ever moved. Memory: `rsiMemory(window)`. */
  rsi(column: PriceColumn, window: number): Float64Array {
    return this.once(`rsi ${column} ${window}`, () => rsi(this.candles[column], window, this.firstBar));
  }

  /** Place of the RSI in its own recent range, 0 to 100; 50 where it does not move. Memory: `stochRsiMemory(windows)`. */
  stochRsi(column: PriceColumn, windows: StochRsiWindows): Stochastic {
    return this.once(`stochRsi ${column} ${windows.rsi} ${windows.range} ${windows.d}`, () => stochRsi(this.candles[column], windows, this.firstBar));
  }

  /** Lane's oscillator: place of the close in the range of the last bars, 0 to 100; 50 where there is none. Memory: `stochasticMemory(windows)`. */
  stochastic(windows: StochasticWindows): Stochastic {
    const { high, low, close } = this.candles;
    return this.once(`stochastic ${windows.range} ${windows.smooth} ${windows.d}`, () => stochastic(high, low, close, windows, this.firstBar));
  }

  /** Williams %R, -100 to 0; -50 where there is no range. Memory: `williamsRMemory(window)`. */
  williamsR(window: number): Float64Array {
    const { high, low, close } = this.candles;
    return this.once(`williamsR ${window}`, () => williamsR(high, low, close, window));
  }

  /** Lambert's commodity channel index, a number without unit around 0; 0 where nothing moves. Memory: `cciMemory(window)`. */
  cci(window: number): Float64Array {
    const { high, low, close } = this.candles;
    return this.once(`cci ${window}`, () => cci(high, low, close, window));
  }

  /** Money flow index, 0 to 100; 50 where no money flowed. Memory: `mfiMemory(window)`. */
  mfi(window: number): Float64Array {
    const { high, low, close, volume } = this.candles;
    return this.once(`mfi ${window}`, () => mfi(high, low, close, volume, window, this.firstBar));
  }

  /** Chande's Aroon, 0 to 100: how fresh the highest high and the lowest low of `window + 1` bars are. Memory: `aroonMemory(window)`. */
  aroon(window: number): Aroon {
    return this.once(`aroon ${window}`, () => aroon(this.candles.high, this.candles.low, window));
  }

  /** Price less the price `window` bars before, in units of the price. Memory: `momentumMemory(window)`. */
  momentum(column: PriceColumn, window: number): Float64Array {
    return this.once(`momentum ${column} ${window}`, () => momentum(this.candles[column], window));
  }

  /** Rate of change against `window` bars before, per cent. Memory: `rocMemory(window)`. */
  roc(column: PriceColumn, window: number): Float64Array {
    return this.once(`roc ${column} ${window}`, () => roc(this.candles[column], window));
  }

  /**
   * Donchian's channel: highest high, lowest low and their mean over the last `window` bars, the current one INCLUDED. A breakout is a
   * close beyond the row before. Memory: `donchianMemory(window)`.
   */
  donchian(window: number): Bands {
    return this.once(`donchian ${window}`, () => donchian(this.candles.high, this.candles.low, window));
  }

  /** True range in units of the price; the first row is NaN. Memory: `TRUE_RANGE_MEMORY`. */
  trueRange(): Float64Array {
    const { high, low, close } = this.candles;
    return this.once('trueRange', () => trueRange(high, low, close));
  }

  /** Wilder's average true range, in units of the price. Memory: `atrMemory(window)`. */
  atr(window: number): Float64Array {
    return this.once(`atr ${window}`, () => rma(this.trueRange(), window, this.firstBar));
  }

  /** Exponential average of closes +/- `multiplier` average true ranges. Memory: `keltnerMemory(emaWindow, atrWindow)`. */
  keltner(emaWindow: number, atrWindow: number, multiplier: number): Bands {
    return this.once(`keltner ${emaWindow} ${atrWindow} ${multiplier}`, () =>
      bandsAround(this.ema('close', emaWindow), this.atr(atrWindow), multiplier),
    );
  }

  /** Wilder's directional movement, all from 0 to 100; both DI 0 where there is no range. Moves that differ by rounding are equal. Memory: `adxMemory(window)`. */
  adx(window: number): Adx {
    const { high, low, close } = this.candles;
    return this.once(`adx ${window}`, () => adx(high, low, close, window, this.firstBar, ZERO_SHARE));
  }

  /** The band that follows the price, its direction, and the bars on which it turns. Memory: `supertrendMemory(window)`. */
  supertrend(window: number, multiplier: number): Supertrend {
    const { high, low, close } = this.candles;
    return this.once(`supertrend ${window} ${multiplier}`, () => supertrend(high, low, close, window, multiplier, this.firstBar));
  }

  /** Wilder's parabolic stop and reverse, in units of the price. Memory: `SAR_MEMORY`. */
  sar(step = 0.02, most = 0.2): Float64Array {
    return this.once(`sar ${step} ${most}`, () => sar(this.candles.high, this.candles.low, step, most, this.firstBar));
  }

  /** On-balance volume, base currency. Its level depends on where the candles begin: only differences mean something (`OBV_MEMORY`). */
  obv(): Float64Array {
    return this.once('obv', () => obv(this.candles.close, this.candles.volume));
  }

  /** Volume-weighted average of typical prices over the last `window` bars; NaN where nothing was traded. Memory: `vwapMemory(window)`. */
  vwap(window: number): Float64Array {
    const { high, low, close, volume } = this.candles;
    return this.once(`vwap ${window}`, () => vwap(high, low, close, volume, window, this.firstBar));
  }
}

/** Worked out in the longer timeframe, seen from the shorter. */
class HigherIndicators extends IndicatorSet {
  private readonly aligned = new Map<string, unknown>();
  private depth = 0;

  constructor(private readonly seen: HigherCandles<Candles>) {
    super(seen.candles);
  }

  /** An indicator may ask for others, which stay in the timeframe in which it is worked out; only what leaves is aligned. */
  protected override once<T>(key: string, make: () => T): T {
    this.depth++;
    let made: T;
    try {
      made = super.once(key, make);
    } finally {
      this.depth--;
    }
    if (this.depth > 0) return made;
    const known = this.aligned.get(key) ?? this.alignedAll(made);
    this.aligned.set(key, known);
    return known as T;
  }

  private alignedAll(made: unknown): unknown {
    if (isColumn(made)) return this.alignedColumn(made);
    return Object.fromEntries(Object.entries(made as Readonly<Record<string, Column>>).map(([name, column]) => [name, this.alignedColumn(column)]));
  }

  private alignedColumn(column: Column): Column {
    const aligned = this.seen.align(column);
    // Marks cannot be undefined; before the first candle there are none.
    return column instanceof Int8Array ? Int8Array.from(aligned, (mark) => (Number.isNaN(mark) ? 0 : mark)) : aligned;
  }
}

type Column = Float64Array | Int8Array;

function isColumn(made: unknown): made is Column {
  return made instanceof Float64Array || made instanceof Int8Array;
}
