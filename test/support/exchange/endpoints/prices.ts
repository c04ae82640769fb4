import { badCombination } from '../base/api-error.js';
import { divFloor, format, ONE, type Units } from '../base/decimal.js';
import type { Level } from '../market/book.js';
import type { Market } from '../market/market.js';
import { averagePrice, AVERAGE_MINUTES, DAY_MS, tradedSince } from '../market/statistics.js';
import { rowLimit } from './klines.js';
import { flat, type Context, type Route } from './route.js';

const BY_SYMBOL = { symbol: 'symbol', symbols: 'symbols' } as const;

/** Endpoints about current prices. */
export const PRICE_ROUTES: readonly Route[] = [
  ticker('/api/v3/ticker/price', 2, 4, 4, (market) => ({ symbol: market.symbol, price: format(market.last) })),
  ticker('/api/v3/ticker/bookTicker', 2, 4, 4, bookTicker),
  {
    ...ticker('/api/v3/ticker/24hr', 2, 2, 80, dayTicker),
    params: { ...BY_SYMBOL, type: 'text' },
  },
  {
    method: 'GET',
    path: '/api/v3/depth',
    permission: null,
    weight: flat(5),
    params: { symbol: 'symbol', limit: 'integer' },
    mandatory: ['symbol'],
    run: depth,
  },
  {
    method: 'GET',
    path: '/api/v3/avgPrice',
    permission: null,
    weight: flat(2),
    params: { symbol: 'symbol' },
    mandatory: ['symbol'],
    run: average,
  },
];

type Describe = (market: Market, nowMs: number) => unknown;

function ticker(path: string, one: number, some: number, all: number, describe: Describe): Route {
  return {
    method: 'GET',
    path,
    permission: null,
    weight: (has) => (has('symbol') ? one : has('symbols') ? some : all),
    params: BY_SYMBOL,
    mandatory: [],
    run: ({ venue, params }) => {
      if (params.has('symbol') && params.has('symbols')) throw badCombination();
      const symbol = params.text('symbol');
      if (symbol !== undefined) return describe(venue.market(symbol), venue.now);
      const markets = params.symbols()?.map((name) => venue.market(name)) ?? venue.listed;
      return markets.map((market) => describe(market, venue.now));
    },
  };
}

function bookTicker({ symbol, book }: Market): unknown {
  const [bid] = book.against('SELL');
  const [ask] = book.against('BUY');
  return {
    symbol,
    bidPrice: format(bid?.price ?? 0n),
    bidQty: format(bid?.qty ?? 0n),
    askPrice: format(ask?.price ?? 0n),
    askQty: format(ask?.qty ?? 0n),
  };
}

function dayTicker(market: Market, nowMs: number): unknown {
  const traded = tradedSince(market.log, nowMs - DAY_MS);
  const open = traded?.open ?? market.last;
  const change = market.last - open;
  const [bid] = market.book.against('SELL');
  const [ask] = market.book.against('BUY');
  return {
    symbol: market.symbol,
    priceChange: format(change),
    priceChangePercent: percent(change, open),
    weightedAvgPrice: format(traded === null ? market.last : divFloor(traded.quoteVolume, traded.volume)),
    prevClosePrice: format(open),
    lastPrice: format(market.last),
    lastQty: format(traded?.lastQty ?? 0n),
    bidPrice: format(bid?.price ?? 0n),
    bidQty: format(bid?.qty ?? 0n),
    askPrice: format(ask?.price ?? 0n),
    askQty: format(ask?.qty ?? 0n),
    openPrice: format(open),
    highPrice: format(traded?.high ?? market.last),
    lowPrice: format(traded?.low ?? market.last),
    volume: format(traded?.volume ?? 0n),
    quoteVolume: format(traded?.quoteVolume ?? 0n),
    openTime: nowMs - DAY_MS,
    closeTime: nowMs,
    firstId: traded?.firstId ?? -1,
    lastId: traded?.lastId ?? -1,
    count: traded?.count ?? 0,
  };
}

/** A change in percent of `whole`, three decimals. */
function percent(part: Units, whole: Units): string {
  return format(whole === 0n ? 0n : (part * 100n * ONE) / whole).slice(0, -5);
}

function depth(context: Context): unknown {
  const { book } = context.venue.market(context.params.required('symbol'));
  const limit = rowLimit(context, 100, 5000);
  const wire = (levels: Level[]): [string, string][] =>
    levels.slice(0, limit).map(({ price, qty }) => [format(price), format(qty)]);
  return { lastUpdateId: book.updateId, bids: wire(book.against('SELL')), asks: wire(book.against('BUY')) };
}

function average({ venue, params }: Context): unknown {
  const market = venue.market(params.required('symbol'));
  return {
    mins: AVERAGE_MINUTES,
    price: format(averagePrice(market.log, venue.now) ?? market.last),
    closeTime: market.log.last?.timeMs ?? venue.now,
  };
}
