import { PRICE_COLUMNS, type Candles, type PriceColumn } from '../domain/candles.js';
import { barNumber } from '../domain/timeframe.js';

/** What every family of indicators stands on: one set of candles, and each column worked out once. */
export abstract class IndicatorSetBase {
  private readonly known = new Map<string, unknown>();

  constructor(readonly candles: Candles) {}

  get columns(): readonly PriceColumn[] {
    return PRICE_COLUMNS;
  }

  /** Absolute number of the bar in row 0: where sums and recursions start afresh follows from it. */
  protected get firstBar(): number {
    return this.candles.length === 0 ? 0 : barNumber(this.candles.openTime[0], this.candles.timeframe);
  }

  /** @param key the indicator and all that it depends on besides the candles */
  protected once<T>(key: string, make: () => T): T {
    const known = this.known.get(key);
    if (known !== undefined) return known as T;
    const made = make();
    this.known.set(key, made);
    return made;
  }
}
