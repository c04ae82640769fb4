import type { Exchange } from 'ccxt';

import { ConfigError, ExchangeUnavailable } from '../domain/errors.js';
import type { MarketRules } from '../domain/market-rules.js';
import { didYouMean } from '../domain/nearest-name.js';
import type { Timeframe } from '../domain/timeframe.js';
import { withOrigin } from './base-url.js';
import { boundedFetch } from './bounded-fetch.js';
import { toExchangeError } from './exchange-errors.js';
import { MarketClient, MarketClients, type RawCandle } from './market-client.js';
import { publicFactsOf, type Fact, type PublicFacts } from './public-facts.js';
import type { BookTop } from './trading-client.js';
import { Malformed } from './wire-shape.js';

/** Binance gives 1000 candles a request, and so do most others or less; what comes back decides, not this number. */
const USUAL_PAGE = 1000;

const WEIGHT_PER_MINUTE = 6000;
const MINUTE_MS = 60_000;

/** A thousand candles take some 200 kB; what is much longer is no page of candles. */
const PAGE_BYTES = 8 * 2 ** 20;
/** Binance's list of all its markets takes some 15 MB. */
const MARKETS_BYTES = 48 * 2 ** 20;

/** No exchange has candles from before, and none that are told in other units than milliseconds come after. */
const FIRST_TIME = 1e11;
/** How exchanges write numbers. The library takes `1e5`, `0x10` and more for numbers, too. */
const DECIMAL = /^-?\d+(\.\d+)?$/;

export class CcxtMarketClient extends MarketClient {
  readonly pageLimit: number;
  private mostBytes = PAGE_BYTES;
  private hasMarkets = false;
  /** Rows of the answer that is being read whose time is none: the library would leave them out. */
  private timeless: RawCandle[] = [];
  private readonly facts: PublicFacts;

  constructor(
    private readonly exchange: Exchange,
    private readonly timeoutMs: number,
  ) {
    super();
    exchange.fetchImplementation = boundedFetch((exchange.fetchImplementation ?? fetch) as typeof fetch, () => this.mostBytes);
    this.parseStrictly();
    this.facts = publicFactsOf(exchange);
    const features = exchange.features?.['spot'] as { fetchOHLCV?: { limit?: number } } | undefined;
    this.pageLimit = features?.fetchOHLCV?.limit ?? USUAL_PAGE;
  }

  /** Binance and its kin count the weight of requests by the minute; from half of it on we wait for the next one. */
  pauseMs(): number {
    const headers = (this.exchange.last_response_headers ?? {}) as Record<string, string>;
    const name = Object.keys(headers).find((header) => header.toLowerCase() === 'x-mbx-used-weight-1m');
    const used = name === undefined ? 0 : Number(headers[name]);
    return used > WEIGHT_PER_MINUTE / 2 ? MINUTE_MS - (this.exchange.milliseconds() % MINUTE_MS) : 0;
  }

  async serverTime(): Promise<number> {
    if (this.exchange.has['fetchTime'] !== true) return Date.now();
    const time = await this.call('reading the time', () => this.exchange.fetchTime());
    if (typeof time !== 'number' || !Number.isFinite(time) || time <= 0) throw new ExchangeUnavailable(`${this.exchange.id} answered the question for the time with ${String(time)}`);
    return time;
  }

  async candles(symbol: string, timeframe: Timeframe, sinceMs: number, limit: number): Promise<readonly RawCandle[]> {
    await this.loadMarkets();
    this.timeless = [];
    const rows: unknown = await this.call(`reading ${timeframe} candles of ${symbol}`, () => this.exchange.fetchOHLCV(symbol, timeframe, sinceMs, limit));
    if (!Array.isArray(rows) || (rows.length === 0 && !this.hasAnswered())) throw this.notCandles();
    return [...(rows as RawCandle[]), ...this.timeless];
  }

  rules(symbol: string): Promise<MarketRules> {
    return this.fact(`reading the rules of ${symbol}`, this.facts.rules(symbol), MARKETS_BYTES);
  }

  async bookTop(symbol: string): Promise<BookTop> {
    return this.fact(`reading the order book of ${symbol}`, this.facts.bookTop(symbol), PAGE_BYTES);
  }

  private async fact<T>(doing: string, { ask, read, readError }: Fact<T>, mostBytes: number): Promise<T> {
    this.mostBytes = mostBytes;
    try {
      return await this.call(doing, async () => {
        try {
          return read(await ask());
        } catch (error) {
          const answer = readError?.(error);
          if (answer !== undefined) return answer;
          throw error instanceof Malformed ? new ExchangeUnavailable(`${this.exchange.id}: ${doing} failed (the reply cannot be read: ${error.message})`) : error;
        }
      });
    } finally {
      this.mostBytes = PAGE_BYTES;
    }
  }

  /** Told to reload, for the library answers every later question with the failure of the first; and an empty answer is no list. */
  private async loadMarkets(): Promise<void> {
    if (this.hasMarkets) return;
    this.mostBytes = MARKETS_BYTES;
    try {
      const markets = await this.call('reading the list of markets', () => this.exchange.loadMarkets(true));
      this.hasMarkets = Object.keys(markets).length > 0;
    } finally {
      this.mostBytes = PAGE_BYTES;
    }
    if (!this.hasMarkets) throw new ExchangeUnavailable(`${this.exchange.id} answered the question for its markets with none at all`);
  }

  /**
   * Keeps what the library reads too kindly in a row of candles as it is, for whoever judges the row to see it, and stops it from making
   * a row of every character of a page of text.
   */
  private parseStrictly(): void {
    const parse = this.exchange.parseOHLCV.bind(this.exchange);
    this.exchange.parseOHLCV = (raw: unknown, market) => {
      if (typeof raw !== 'object' || raw === null) throw this.notCandles();
      const odd = Object.values(raw).filter((value) => typeof value === 'string' && !DECIMAL.test(value));
      const row = (parse(raw, market) as unknown[]).map((value) => odd.find((text) => value !== undefined && Number(text) === value) ?? value);
      if (!(typeof row[0] === 'number' && row[0] > FIRST_TIME)) this.timeless.push(row);
      return row as ReturnType<typeof parse>;
    };
  }

  /** The library makes an empty list of an empty answer, too; an exchange that means it says so in some form. */
  private hasAnswered(): boolean {
    const text: unknown = this.exchange.last_http_response;
    return typeof text !== 'string' || !['', '{}'].includes(text.trim());
  }

  private notCandles(): ExchangeUnavailable {
    return new ExchangeUnavailable(`${this.exchange.id} answered with something else than candles`);
  }

  /** A deadline over all that belongs to one question, waiting for our turn included. */
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
