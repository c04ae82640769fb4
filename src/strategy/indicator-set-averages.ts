import type { PriceColumn } from '../domain/candles.js';
import { IndicatorSetBase } from './indicator-set-base.js';
import { bandsAround, type Bands } from './indicators/bands.js';
import { dema } from './indicators/dema.js';
import { ema } from './indicators/ema.js';
import { hma } from './indicators/hma.js';
import { kama } from './indicators/kama.js';
import { linregslope } from './indicators/linregslope.js';
import { macd, type Macd } from './indicators/macd.js';
import { rma } from './indicators/rma.js';
import { rollingMean } from './indicators/rolling.js';
import { smaOfPrices, smaOfTicks, sumsAreExact } from './indicators/sma.js';
import { stddev } from './indicators/stddev.js';
import { tema } from './indicators/tema.js';
import { wma } from './indicators/wma.js';

/**
 * Averages of one price column and what is made of them. Windows are in bars, values in units of the price unless something else is
 * said; every column is as long as the candles and NaN until it is defined. A memory named here is what `warmupBars` has to add up.
 */
export abstract class AverageIndicators extends IndicatorSetBase {
  /**
   * Simple moving average of a price column over the last `window` bars. Memory: `rollingMemory(window)`.
   *
   * @returns same length as the candles; the first `window - 1` rows are NaN. Two averages of the same prices compare as
   *   their exact values do: what is equal is equal here, whatever the windows.
   */
  sma(column: PriceColumn, window: number): Float64Array {
    return this.once(`sma ${column} ${window}`, () => {
      const ticks = this.candles.ticksOf(column);
      if (ticks !== null && sumsAreExact(ticks, window)) return smaOfTicks(ticks.values, window, ticks.scale);
      return smaOfPrices(this.candles[column], window, this.firstBar);
    });
  }

  /** Volume averaged over the last `window` bars: anchored sums, since volumes have no common step. Memory: `rollingMemory(window)`. */
  smaOfVolume(window: number): Float64Array {
    return this.once(`sma volume ${window}`, () => rollingMean(this.candles.volume, window, this.firstBar));
  }

  /** Exponential average, alpha = 2 / (window + 1), seeded with the mean of the first `window` values. Memory: `emaMemory(window)`. */
  ema(column: PriceColumn, window: number): Float64Array {
    return this.once(`ema ${column} ${window}`, () => ema(this.candles[column], window, this.firstBar));
  }

  /** Wilder's average, alpha = 1 / window, seeded alike. Memory: `rmaMemory(window)`. */
  rma(column: PriceColumn, window: number): Float64Array {
    return this.once(`rma ${column} ${window}`, () => rma(this.candles[column], window, this.firstBar));
  }

  /** Linearly weighted average, the newest bar with weight `window`. Memory: `wmaMemory(window)`. */
  wma(column: PriceColumn, window: number): Float64Array {
    return this.once(`wma ${column} ${window}`, () => wma(this.candles[column], window, this.firstBar));
  }

  /** Mulloy's double exponential average. Memory: `demaMemory(window)`. */
  dema(column: PriceColumn, window: number): Float64Array {
    return this.once(`dema ${column} ${window}`, () => dema(this.candles[column], window, this.firstBar));
  }

  /** Mulloy's triple exponential average. Memory: `temaMemory(window)`. */
  tema(column: PriceColumn, window: number): Float64Array {
    return this.once(`tema ${column} ${window}`, () => tema(this.candles[column], window, this.firstBar));
  }

  /** Hull's average; the window is at least 2. Memory: `hmaMemory(window)`. */
  hma(column: PriceColumn, window: number): Float64Array {
    return this.once(`hma ${column} ${window}`, () => hma(this.candles[column], window, this.firstBar));
  }

  /** Kaufman's adaptive average, between averages of `fast` and `slow` bars. Memory: `kamaMemory(window, slow)`. */
  kama(column: PriceColumn, window: number, fast = 2, slow = 30): Float64Array {
    return this.once(`kama ${column} ${window} ${fast} ${slow}`, () => kama(this.candles[column], window, this.firstBar, fast, slow));
  }

  /** Slope of the least-squares line through the last `window` prices, price per bar. Memory: `linregslopeMemory(window)`. */
  linregslope(column: PriceColumn, window: number): Float64Array {
    return this.once(`linregslope ${column} ${window}`, () => linregslope(this.candles[column], window, this.firstBar));
  }

  /** Standard deviation of the last `window` prices: of the population, or with `ddof` 1 of a sample. Memory: `stddevMemory(window)`. */
  stddev(column: PriceColumn, window: number, ddof: 0 | 1 = 0): Float64Array {
    return this.once(`stddev ${column} ${window} ${ddof}`, () => stddev(this.candles[column], window, this.firstBar, ddof));
  }

  /** Moving average +/- `multiplier` population deviations; all three equal where nothing moves. Memory: `bollingerMemory(window)`. */
  bollinger(column: PriceColumn, window: number, multiplier: number): Bands {
    return this.once(`bollinger ${column} ${window} ${multiplier}`, () => bandsAround(this.sma(column, window), this.stddev(column, window), multiplier));
  }

  /** Appel's MACD, each average seeded on its own first bars; `fast` < `slow`. Memory: `macdMemory(slow, signal)`. */
  macd(column: PriceColumn, fast: number, slow: number, signal: number): Macd {
    return this.once(`macd ${column} ${fast} ${slow} ${signal}`, () => macd(this.candles[column], fast, slow, signal, this.firstBar));
  }
}
