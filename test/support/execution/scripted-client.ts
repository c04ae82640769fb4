import type { TradingClient, WireOrder, WireReport, WireTrade } from '../../../src/exchange/trading-client.js';

type Script = Partial<Pick<TradingClient, 'place' | 'cancel' | 'orderByClientId' | 'orderByExchangeId' | 'tradesOfOrder' | 'ordersSince' | 'tradesAfter' | 'balances'>>;

/** A client that answers as it is told; what it was not told to answer is a fault of the test. */
export function scriptedClient(script: Script): TradingClient {
  const answers: object = { exchange: 'binance', recvWindowMs: 5000, ...script };
  return new Proxy(answers, {
    get(target, name) {
      if (name in target) return (target as Record<string | symbol, unknown>)[name];
      throw new Error(`The script has no answer for ${String(name)}`);
    },
  }) as TradingClient;
}

export const WIRE_ORDER: WireOrder = { symbol: 'BTC/USDT', clientOrderId: 'tb-one', side: 'buy', type: 'market', timeInForce: null, quantity: '1', limitPrice: null, stopPrice: null };

export function wireReport(changes: Partial<WireReport> = {}): WireReport {
  return { symbol: 'BTC/USDT', exchangeOrderId: '7', clientOrderId: 'tb-one', side: 'buy', state: 'FILLED', quantity: '1', executedQuantity: '1', trades: null, reason: null, at: 1_700_000_000_000, ...changes };
}

export function wireTrade(tradeId: string, changes: Partial<WireTrade> = {}): WireTrade {
  return { tradeId, exchangeOrderId: '7', side: 'buy', price: '50000', quantity: '1', commission: '0.001', commissionAsset: 'BTC', executedAt: 1_700_000_000_000, ...changes };
}
