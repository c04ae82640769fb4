import type { Clock } from '../../domain/clock.js';
import { fromNumber } from '../../domain/decimal.js';
import type { MarketRules } from '../../domain/market-rules.js';
import { barOpenAt, timeframeMs, type Timeframe } from '../../domain/timeframe.js';
import type { SyntheticMarket } from '../../exchange/synthetic-market.js';
import type { BookTop } from '../../exchange/trading-client.js';
import { plainRules, type PaperMarket } from './paper-market.js';

/** The made-up market: prices in cents, quantities in 0.00001, orders from 5 on, and the clock of this machine. */
export class BuiltInPaperMarket implements PaperMarket {
  constructor(
    private readonly market: SyntheticMarket,
    private readonly clock: Clock,
  ) {}

  async serverTime(): Promise<number> {
    return Promise.resolve(this.clock.now());
  }

  async rules(symbol: string): Promise<MarketRules> {
    return Promise.resolve(plainRules(symbol, { priceStep: '0.01', quantityStep: '0.00001', minNotional: '5' }));
  }

  /** The minute's open on both sides: this market has no spread, and as much to give as it traded in the minute before. */
  async bookTop(symbol: string): Promise<BookTop> {
    const minute = barOpenAt(this.clock.now(), '1m');
    const { open, volume } = this.market.candles(symbol, '1m', minute - timeframeMs('1m'), minute + timeframeMs('1m'));
    const price = fromNumber(open[1]);
    const quantity = fromNumber(volume[0]);
    return Promise.resolve({ bid: price, bidQuantity: quantity, ask: price, askQuantity: quantity });
  }

  async openOf(symbol: string, _timeframe: Timeframe, openTimeMs: number): Promise<number | null> {
    // A coarse candle opens where its first minute does; that one is quickly made.
    return Promise.resolve(this.market.candles(symbol, '1m', openTimeMs, openTimeMs + timeframeMs('1m')).open[0]);
  }
}
