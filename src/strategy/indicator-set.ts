import { PRICE_COLUMNS, type Candles, type PriceColumn } from '../domain/candles.js';
import { barNumber } from '../domain/timeframe.js';
import { rollingMean } from './indicators/rolling.js';
import { smaOfTicks, sumsAreExact } from './indicators/sma.js';

/** Memoised indicators over one set of candles: asking twice costs nothing, so strategies ask freely. */
export class IndicatorSet {
  private readonly known = new Map<string, Float64Array>();

  constructor(readonly candles: Candles) {}

  /**
   * Simple moving average of a price column over the last `window` bars.
   *
   * @returns same length as the candles; the first `window - 1` rows are NaN. Two averages of the same prices compare as
   *   their exact values do: what is equal is equal here, whatever the windows.
   */
  sma(column: PriceColumn, window: number): Float64Array {
    return this.once(`sma ${column} ${window}`, () => {
      const ticks = this.candles.ticksOf(column);
      if (ticks !== null && sumsAreExact(ticks, window)) return smaOfTicks(ticks.values, window, ticks.scale);
      return rollingMean(this.candles[column], window, this.firstBar);
    });
  }

  /** Volume averaged over the last `window` bars: anchored sums, since volumes have no common step. */
  smaOfVolume(window: number): Float64Array {
    return this.once(`sma volume ${window}`, () => rollingMean(this.candles.volume, window, this.firstBar));
  }

  get columns(): readonly PriceColumn[] {
    return PRICE_COLUMNS;
  }

  private get firstBar(): number {
    return this.candles.length === 0 ? 0 : barNumber(this.candles.openTime[0], this.candles.timeframe);
  }

  private once(key: string, make: () => Float64Array): Float64Array {
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const made = make();
    this.known.set(key, made);
    return made;
  }
}
