import type { MarketRules } from '../../src/domain/market-rules.js';

/** Rules like those of BTC/USDT on Binance. */
export function marketRules(changes: Partial<MarketRules> = {}): MarketRules {
  return {
    symbol: 'BTC/USDT',
    base: 'BTC',
    quote: 'USDT',
    status: 'trading',
    priceStep: '0.01',
    lotStep: '0.00001',
    minQuantity: '0.00001',
    maxQuantity: '9000',
    marketLotStep: '0',
    minMarketQuantity: '0',
    maxMarketQuantity: '100',
    minPrice: '0.01',
    maxPrice: '1000000',
    minNotional: '5',
    maxNotional: '9000000',
    ...changes,
  };
}
