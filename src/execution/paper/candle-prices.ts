import type { Candles } from '../../domain/candles.js';
import type { Side } from '../../domain/order.js';
import { PriceSource, type TradablePrice } from './price-source.js';

/** Prices of recorded candles: the open of the candle in which the moment lies. Nothing is traded on a missing one, as in a backtest. */
export class CandlePrices extends PriceSource {
  constructor(private readonly candles: Candles) {
    super();
  }

  async next(symbol: string, _side: Side, nowMs: number): Promise<TradablePrice | null> {
    const { openTime, open, missing, timeframeMs, length } = this.candles;
    const row = length === 0 || symbol !== this.candles.symbol ? -1 : Math.floor((nowMs - openTime[0]) / timeframeMs);
    return Promise.resolve(row >= 0 && row < length && missing[row] === 0 ? { price: open[row], available: null } : null);
  }
}
