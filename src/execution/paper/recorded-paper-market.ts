import type { Candles } from '../../domain/candles.js';
import type { Clock } from '../../domain/clock.js';
import { fromNumber } from '../../domain/decimal.js';
import { ExchangeUnavailable } from '../../domain/errors.js';
import type { MarketRules } from '../../domain/market-rules.js';
import type { Timeframe } from '../../domain/timeframe.js';
import type { BookTop } from '../../exchange/trading-client.js';
import type { PaperMarket } from './paper-market.js';

/** Recorded candles lived through again: at every moment only what had happened by then is told. */
export class RecordedPaperMarket implements PaperMarket {
  constructor(
    private readonly candles: Candles,
    private readonly marketRules: MarketRules,
    private readonly clock: Clock,
  ) {}

  async serverTime(): Promise<number> {
    return Promise.resolve(this.clock.now());
  }

  async rules(symbol: string): Promise<MarketRules> {
    if (symbol !== this.marketRules.symbol) throw new ExchangeUnavailable(`Only ${this.marketRules.symbol} was recorded, not ${symbol}`);
    return Promise.resolve(this.marketRules);
  }

  /**
   * The open of the candle of the moment, on both sides: what an order fills at; right after the recording its last close. Before and
   * long after it there is nothing.
   */
  async bookTop(symbol: string): Promise<BookTop> {
    const { length, timeframeMs } = this.candles;
    const now = this.clock.now();
    const ended = this.rowAt(symbol, now) === null && this.rowAt(symbol, now - timeframeMs) === length - 1;
    const row = ended ? length : this.rowAt(symbol, now);
    if (row === null) throw new ExchangeUnavailable(`Nothing is recorded of ${symbol} at ${now}`);
    const price = fromNumber(ended ? this.candles.close[length - 1] : this.candles.open[row]);
    const quantity = fromNumber(this.candles.volume[Math.max(0, row - 1)]);
    return Promise.resolve({ bid: price, bidQuantity: quantity, ask: price, askQuantity: quantity });
  }

  async openOf(symbol: string, timeframe: Timeframe, openTimeMs: number): Promise<number | null> {
    const row = timeframe === this.candles.timeframe ? this.rowAt(symbol, openTimeMs) : null;
    return Promise.resolve(row === null || this.candles.missing[row] === 1 ? null : this.candles.open[row]);
  }

  private rowAt(symbol: string, timeMs: number): number | null {
    const { openTime, timeframeMs, length } = this.candles;
    if (symbol !== this.candles.symbol || length === 0) return null;
    const row = Math.floor((timeMs - openTime[0]) / timeframeMs);
    return row >= 0 && row < length ? row : null;
  }
}
