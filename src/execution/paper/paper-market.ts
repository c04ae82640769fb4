import type { MarketRules } from '../../domain/market-rules.js';
import type { Timeframe } from '../../domain/timeframe.js';
import type { BookTop } from '../../exchange/trading-client.js';

/** What paper trading wants to know of a market; all of it is public, and nothing is ever signed for it. */
export interface PaperMarket {
  /** UTC ms by the market's own clock. @throws ExchangeError */
  serverTime(): Promise<number>;
  /** @throws ExchangeError */
  rules(symbol: string): Promise<MarketRules>;
  /** @throws ExchangeError */
  bookTop(symbol: string): Promise<BookTop>;
  /** Open of the candle that opens at `openTimeMs`, though it may not be closed yet; null where it cannot be told. @throws ExchangeError */
  openOf(symbol: string, timeframe: Timeframe, openTimeMs: number): Promise<number | null>;
}

/** BASE/QUOTE in its two parts. */
export function assetsOf(symbol: string): { readonly base: string; readonly quote: string } {
  const [base, quote] = symbol.split('/');
  return { base, quote };
}

/**
 * Rules by a step and a least value alone, as a backtest knows them; no other rule stands against an order.
 *
 * @param steps as decimal texts, `0` for none
 */
export function plainRules(symbol: string, { priceStep, quantityStep, minNotional }: { readonly priceStep: string; readonly quantityStep: string; readonly minNotional: string }): MarketRules {
  return {
    symbol,
    ...assetsOf(symbol),
    status: 'trading',
    priceStep,
    lotStep: quantityStep,
    minQuantity: quantityStep,
    maxQuantity: '0',
    marketLotStep: '0',
    minMarketQuantity: '0',
    maxMarketQuantity: '0',
    minPrice: priceStep,
    maxPrice: '0',
    minNotional,
    maxNotional: '0',
  };
}
