import type { MarketRules } from '../domain/market-rules.js';
import type { Timeframe } from '../domain/timeframe.js';
import type { BookTop } from './trading-client.js';

/** One row as an exchange gives it: open time, open, high, low, close, volume. Nothing about it is trusted yet. */
export type RawCandle = readonly unknown[];

/** Public market data of one exchange; needs no key. */
export abstract class MarketClient {
  /** Most candles one request can bring. */
  abstract readonly pageLimit: number;

  /** How long to wait before the next request so that the exchange's limits keep a reserve; 0 when there is no need. */
  abstract pauseMs(): number;

  /** Milliseconds UTC by the exchange's own clock. @throws ExchangeError */
  abstract serverTime(): Promise<number>;

  /** Up to `limit` candles from `sinceMs` on, oldest first. The last one may still be open. @throws ExchangeError */
  abstract candles(symbol: string, timeframe: Timeframe, sinceMs: number, limit: number): Promise<readonly RawCandle[]>;

  /** The market's filters as they are now. @throws ExchangeError */
  abstract rules(symbol: string): Promise<MarketRules>;

  /** Best bid and ask. @throws ExchangeError */
  abstract bookTop(symbol: string): Promise<BookTop>;
}

/** Makes clients by exchange name. A class, so that it is its own injection token. */
export abstract class MarketClients {
  /** @throws ConfigError when there is no such exchange, or it has no candles */
  abstract open(exchange: string, options: { readonly timeoutMs: number }): Promise<MarketClient>;
}
