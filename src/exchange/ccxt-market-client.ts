import type { Exchange } from 'ccxt';

import { ConfigError, ExchangeUnavailable } from '../domain/errors.js';
import { didYouMean } from '../domain/nearest-name.js';
import type { Timeframe } from '../domain/timeframe.js';
import { withOrigin } from './base-url.js';
import { toExchangeError } from './exchange-errors.js';
import { MarketClient, MarketClients, type RawCandle } from './market-client.js';

/** Binance gives 1000 candles a request, and so do most others or less; what comes back decides, not this number. */
const USUAL_PAGE = 1000;

const WEIGHT_PER_MINUTE = 6000;
const MINUTE_MS = 60_000;

export class CcxtMarketClient extends MarketClient {
  readonly pageLimit: number;

  constructor(
    private readonly exchange: Exchange,
    private readonly timeoutMs: number,
  ) {
    super();
    const features = exchange.features?.['spot'] as { fetchOHLCV?: { limit?: number } } | undefined;
    this.pageLimit = features?.fetchOHLCV?.limit ?? USUAL_PAGE;
  }

  /** Binance and its kin count the weight of requests by the minute; from half of it on we wait for the next one. */
  pauseMs(): number {
    const headers = (this.exchange.last_response_headers ?? {}) as Record<string, string>;
    const name = Object.keys(headers).find((header) => header.toLowerCase() === 'x-mbx-used-weight-1m');
    const used = name === undefined ? 0 : Number(headers[name]);
    return used > WEIGHT_PER_MINUTE / 2 ? MINUTE_MS - (Date.now() % MINUTE_MS) : 0;
  }

  async serverTime(): Promise<number> {
    if (this.exchange.has['fetchTime'] !== true) return Date.now();
    const time = await this.call('reading the time', () => this.exchange.fetchTime());
    if (typeof time !== 'number' || !Number.isFinite(time) || time <= 0) throw new ExchangeUnavailable(`${this.exchange.id} answered the question for the time with ${String(time)}`);
    return time;
  }

  async candles(symbol: string, timeframe: Timeframe, sinceMs: number, limit: number): Promise<readonly RawCandle[]> {
    const rows: unknown = await this.call(`reading ${timeframe} candles of ${symbol}`, () => this.exchange.fetchOHLCV(symbol, timeframe, sinceMs, limit));
    if (!Array.isArray(rows)) throw new ExchangeUnavailable(`${this.exchange.id} answered with something else than candles`);
    return rows as RawCandle[];
  }

  /** The library's own time-out ends with the headers; this deadline covers the body too. */
  private async call<T>(doing: string, request: () => Promise<T>): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    const deadline = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new ExchangeUnavailable(`${this.exchange.id} did not answer within ${this.timeoutMs / 1000} s (${doing})`)), this.timeoutMs);
    });
    try {
      return await Promise.race([request(), deadline]);
    } catch (error) {
      throw toExchangeError(error, this.exchange, doing);
    } finally {
      clearTimeout(timer);
    }
  }
}

/** Loads ccxt only when an exchange is really asked: importing it takes longer than most backtests. */
export class CcxtMarketClients extends MarketClients {
  /** @param baseUrl an address on this machine to ask instead of the exchange's own; for tests */
  constructor(private readonly baseUrl: string | null = null) {
    super();
  }

  async open(id: string, { timeoutMs }: { readonly timeoutMs: number }): Promise<MarketClient> {
    const { default: ccxt } = await import('ccxt');
    const known = ccxt.exchanges as unknown as readonly string[];
    if (!known.includes(id)) {
      throw new ConfigError([{ path: 'exchange.id', message: `unknown exchange "${id}".${didYouMean(id, known)}` }]);
    }
    const Constructor = (ccxt as unknown as Record<string, new (options: object) => Exchange>)[id];
    const exchange = new Constructor({
      timeout: timeoutMs,
      enableRateLimit: true,
      maxRetriesOnFailure: 0,
      options: { fetchMarkets: { types: ['spot'] }, fetchCurrencies: false, fetchMargins: false },
    });
    if (this.baseUrl !== null) exchange.urls['api'] = withOrigin(exchange.urls['api'], this.baseUrl) as typeof exchange.urls.api;
    if (exchange.has['fetchOHLCV'] !== true) throw new ConfigError([{ path: 'exchange.id', message: `${id} offers no candles` }]);
    return new CcxtMarketClient(exchange, timeoutMs);
  }
}
