import { Secret } from '../../src/domain/secret.js';
import type { TradingClient, WireOrder } from '../../src/exchange/trading-client.js';
import { openTradingClient, type OpenTradingClient } from '../../src/exchange/trading-clients.js';
import { IN_PROCESS_URL } from './exchange/ccxt-client.js';
import { DEFAULT_KEY, DEFAULT_SECRET } from './exchange/config/config.js';
import { FakeBinance, type FakeConfig } from './exchange/fake-binance.js';
import type { Effect } from './exchange/faults/effect.js';
import type { Phase } from './exchange/faults/rule.js';
import { fetchFor, type FetchOptions } from './exchange/in-process.js';

export const TIMEOUT_MS = 15_000;
export const SYMBOL = 'BTC/USDT';

/** A market whose price stands still: asks from 50000.01 upwards, half a coin each. */
export function stillExchange(config: FakeConfig = {}): FakeBinance {
  return new FakeBinance({
    symbols: ['BTCUSDT'],
    feed: { BTCUSDT: { volBps: 0 } },
    book: { levels: 10, levelQty: '0.5' },
    balances: { USDT: '100000', BTC: '1' },
    ...config,
  });
}

/** The real client of the test exchange, without a network and on the exchange's time. */
export function clientOf(exchange: FakeBinance, options: Partial<OpenTradingClient> = {}, fetchOptions: FetchOptions = {}): Promise<TradingClient> {
  return openTradingClient({
    exchange: 'binance',
    credentials: { apiKey: Secret.of(DEFAULT_KEY), secret: Secret.of(DEFAULT_SECRET) },
    timeoutMs: TIMEOUT_MS,
    recvWindowMs: 5000,
    environment: 'production',
    baseUrl: IN_PROCESS_URL,
    fetch: fetchFor(exchange, { bodyTimeoutMs: TIMEOUT_MS, ...fetchOptions }),
    milliseconds: () => exchange.now,
    ...options,
  });
}

export function marketOrder(changes: Partial<WireOrder> = {}): WireOrder {
  return { symbol: SYMBOL, clientOrderId: 'tb-1', side: 'buy', type: 'market', timeInForce: null, quantity: '0.7', limitPrice: null, stopPrice: null, ...changes };
}

export function limitOrder(changes: Partial<WireOrder> = {}): WireOrder {
  return marketOrder({ type: 'limit', timeInForce: 'GTC', quantity: '0.01', limitPrice: '49000', ...changes });
}

/** Spoils the next request of this kind. */
export function strike(exchange: FakeBinance, request: string, effect: Effect, phase: Phase = 'after', times = 1): void {
  const [method, path] = request.split(' ');
  exchange.control({ command: 'faults', rules: [{ match: { method, path: `^${path}$` }, times, phase, effect }] });
}

export const POST_ORDER = 'POST /api/v3/order';

/** Requests that have reached the exchange, e.g. `POST /api/v3/order`. */
export function requestsOf(exchange: FakeBinance, request?: string): string[] {
  const all = exchange.journal.flatMap((entry) => (entry.type === 'request' ? [`${entry.method} ${entry.path}`] : []));
  return request === undefined ? all : all.filter((made) => made === request);
}
