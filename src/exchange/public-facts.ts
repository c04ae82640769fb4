import type { Exchange } from 'ccxt';

import type { MarketRules } from '../domain/market-rules.js';
import { bookTopOf, goneMarket, rulesOf } from './binance-market.js';
import { marketId } from './binance-orders.js';
import { speaksBinance } from './speaks-binance.js';
import type { BookTop } from './trading-client.js';
import { bookTopOfLibrary, rulesOfLibrary } from './unified-shape.js';

/** What anybody may ask of an exchange about a market, as the library returns it, and how it is read. */
export interface PublicFacts {
  rules(symbol: string): Fact<MarketRules>;
  bookTop(symbol: string): Fact<BookTop>;
}

export interface Fact<T> {
  ask(): Promise<unknown>;
  /** @throws Malformed */
  read(reply: unknown): T;
  /** What an error of the library means where it is an answer; undefined where it is a fault. */
  readError?(error: unknown): T | undefined;
}

export function publicFactsOf(exchange: Exchange): PublicFacts {
  return speaksBinance(exchange) ? binanceFacts(exchange as unknown as BinancePublicApi) : libraryFacts(exchange);
}

interface BinancePublicApi {
  publicGetExchangeInfo(parameters: { symbol: string }): Promise<unknown>;
  publicGetTickerBookTicker(parameters: { symbol: string }): Promise<unknown>;
}

/** Asked for one market: the list of all of them is long, and weighs as much. */
function binanceFacts(api: BinancePublicApi): PublicFacts {
  return {
    rules: (symbol) => ({
      ask: () => api.publicGetExchangeInfo({ symbol: marketId(symbol) }),
      read: (reply) => rulesOf(reply, symbol),
      readError: (error) => (/"code":\s*-1121\b/.test((error as Error).message) ? goneMarket(symbol) : undefined),
    }),
    bookTop: (symbol) => ({ ask: () => api.publicGetTickerBookTicker({ symbol: marketId(symbol) }), read: (reply) => bookTopOf(reply, symbol) }),
  };
}

function libraryFacts(exchange: Exchange): PublicFacts {
  return {
    rules: (symbol) => ({ ask: () => exchange.fetchMarkets(), read: (reply) => rulesOfLibrary(reply, symbol, Number(exchange.precisionMode)) }),
    bookTop: (symbol) => ({ ask: () => exchange.fetchOrderBook(symbol, 5), read: bookTopOfLibrary }),
  };
}
