import type { MarketRules } from '../../domain/market-rules.js';
import type { Timeframe } from '../../domain/timeframe.js';
import type { MarketClient } from '../../exchange/market-client.js';
import type { BookTop } from '../../exchange/trading-client.js';
import type { PaperMarket } from './paper-market.js';

/** A real market, looked at from outside: its public data, without a key. */
export class ExchangePaperMarket implements PaperMarket {
  constructor(private readonly client: MarketClient) {}

  async serverTime(): Promise<number> {
    return this.client.serverTime();
  }

  async rules(symbol: string): Promise<MarketRules> {
    return this.client.rules(symbol);
  }

  async bookTop(symbol: string): Promise<BookTop> {
    return this.client.bookTop(symbol);
  }

  /** The exchange's row is no candle of ours yet, so only what is needed of it is read, and that with care. */
  async openOf(symbol: string, timeframe: Timeframe, openTimeMs: number): Promise<number | null> {
    const [row] = await this.client.candles(symbol, timeframe, openTimeMs, 1);
    if (row === undefined || row[0] !== openTimeMs) return null;
    const open = row[1];
    return typeof open === 'number' && Number.isFinite(open) && open > 0 ? open : null;
  }
}
