import type { CandleSource, DataHandler } from '../../data/data-handler.js';
import type { Clock } from '../../domain/clock.js';
import { fromNumber } from '../../domain/decimal.js';
import type { MarketRules } from '../../domain/market-rules.js';
import type { Timeframe } from '../../domain/timeframe.js';
import type { BookTop } from '../../exchange/trading-client.js';
import { plainRules, type PaperMarket } from './paper-market.js';

/**
 * A market of which only the candles in a folder are known: its price is their last close, its clock that of this machine, its rules are
 * those of most markets. Nothing is known of the candle that forms.
 */
export class OfflinePaperMarket implements PaperMarket {
  constructor(
    private readonly data: DataHandler,
    private readonly candles: { readonly timeframe: Timeframe; readonly source: CandleSource },
    private readonly clock: Clock,
  ) {}

  async serverTime(): Promise<number> {
    return Promise.resolve(this.clock.now());
  }

  async rules(symbol: string): Promise<MarketRules> {
    return Promise.resolve(plainRules(symbol, { priceStep: '0', quantityStep: '0.00001', minNotional: '5' }));
  }

  /** @throws CandleDataError when the folder holds no candle of the market */
  async bookTop(symbol: string): Promise<BookTop> {
    const { candles } = await this.data.history({ symbol, ...this.candles, fromMs: null, toMs: null, warmupBars: 0, nowMs: this.clock.now() });
    const price = fromNumber(candles.close[candles.length - 1]);
    const quantity = fromNumber(candles.volume[candles.length - 1]);
    return { bid: price, bidQuantity: quantity, ask: price, askQuantity: quantity };
  }

  async openOf(): Promise<number | null> {
    return Promise.resolve(null);
  }
}
