import type { Side } from '../../domain/order.js';
import { barOpenAt, type Timeframe } from '../../domain/timeframe.js';
import type { PaperMarket } from './paper-market.js';
import { PriceSource, type TradablePrice } from './price-source.js';

/** A tick within this time of its candle's close could have had the next open. */
export const ON_TIME_MS = 60_000;

/**
 * Prices of a market that goes on. On time it is the open of the candle that has just begun, which is what a backtest charges; later,
 * when that price is long gone, the best price of the order book. The best price alone says nothing of how much lies behind it, so
 * quantities are not limited: slippage stands for what a larger order costs.
 */
export class MarketPrices extends PriceSource {
  private last: { readonly key: string; readonly price: Promise<TradablePrice | null> } | null = null;

  constructor(
    private readonly market: PaperMarket,
    private readonly timeframe: Timeframe,
    private readonly onTimeMs = ON_TIME_MS,
  ) {
    super();
  }

  async next(symbol: string, side: Side, nowMs: number): Promise<TradablePrice | null> {
    const key = JSON.stringify([symbol, side, nowMs]);
    if (this.last?.key === key) return this.last.price;
    const price = this.ask(symbol, side, nowMs);
    this.last = { key, price };
    try {
      return await price;
    } catch (error) {
      // A failure is no answer: whoever asks again, asks the market.
      this.last = null;
      throw error;
    }
  }

  private async ask(symbol: string, side: Side, nowMs: number): Promise<TradablePrice | null> {
    const opened = barOpenAt(nowMs, this.timeframe);
    const open = nowMs - opened < this.onTimeMs ? await this.market.openOf(symbol, this.timeframe, opened) : null;
    if (open !== null) return { price: open, available: null };
    const { bid, ask } = await this.market.bookTop(symbol);
    const price = Number(side === 'buy' ? ask : bid);
    return price > 0 ? { price, available: null } : null;
  }
}
