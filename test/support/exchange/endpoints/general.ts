import { badCombination } from '../base/api-error.js';
import { format } from '../base/decimal.js';
import type { Market } from '../market/market.js';
import { AVERAGE_MINUTES } from '../market/statistics.js';
import { flat, type Context, type Route } from './route.js';

const ORDER_TYPES = [
  'LIMIT', 'LIMIT_MAKER', 'MARKET', 'STOP_LOSS', 'STOP_LOSS_LIMIT', 'TAKE_PROFIT', 'TAKE_PROFIT_LIMIT',
];

/** Endpoints about the exchange as a whole. */
export const GENERAL_ROUTES: readonly Route[] = [
  open('/api/v3/ping', 1, () => ({})),
  open('/api/v3/time', 1, ({ venue }) => ({ serverTime: venue.clock.serverTime })),
  {
    ...open('/api/v3/exchangeInfo', 20, exchangeInfo),
    params: { symbol: 'symbol', symbols: 'symbols', showPermissionSets: 'text', permissions: 'text', symbolStatus: 'text' },
  },
  open('/sapi/v1/system/status', 1, ({ venue }) =>
    venue.isInMaintenance ? { status: 1, msg: 'system_maintenance' } : { status: 0, msg: 'normal' },
  ),
  unexpected('/sapi/v1/margin/allPairs', []),
  unexpected('/sapi/v1/margin/isolated/allPairs', []),
  unexpected('/fapi/v1/exchangeInfo', { symbols: [] }),
  unexpected('/dapi/v1/exchangeInfo', { symbols: [] }),
];

function open(path: string, weight: number, run: Route['run']): Route {
  return { method: 'GET', path, permission: null, weight: flat(weight), params: {}, mandatory: [], run };
}

function unexpected(path: string, reply: unknown): Route {
  const params = { timestamp: 'text', recvWindow: 'text', signature: 'text' } as const;
  return { ...open(path, 1, () => reply), params, isUnexpected: true };
}

function exchangeInfo({ venue, params }: Context): unknown {
  if (params.has('symbol') && params.has('symbols')) throw badCombination();
  const names = params.symbols();
  const markets = names === undefined ? venue.listed : names.map((name) => venue.market(name));
  const { weightPerMin, rawPer5Min, ordersPer10s, ordersPerDay } = venue.settings.limits;
  return {
    timezone: 'UTC',
    serverTime: venue.clock.serverTime,
    rateLimits: [
      { rateLimitType: 'REQUEST_WEIGHT', interval: 'MINUTE', intervalNum: 1, limit: weightPerMin },
      { rateLimitType: 'ORDERS', interval: 'SECOND', intervalNum: 10, limit: ordersPer10s },
      { rateLimitType: 'ORDERS', interval: 'DAY', intervalNum: 1, limit: ordersPerDay },
      { rateLimitType: 'RAW_REQUESTS', interval: 'MINUTE', intervalNum: 5, limit: rawPer5Min },
    ],
    exchangeFilters: [],
    symbols: markets.map(symbolInfo),
  };
}

function symbolInfo(market: Market): unknown {
  return {
    symbol: market.symbol,
    status: market.status,
    baseAsset: market.base,
    baseAssetPrecision: 8,
    quoteAsset: market.quote,
    quotePrecision: 8,
    quoteAssetPrecision: 8,
    baseCommissionPrecision: 8,
    quoteCommissionPrecision: 8,
    orderTypes: ORDER_TYPES,
    icebergAllowed: false,
    ocoAllowed: false,
    otoAllowed: false,
    opoAllowed: false,
    quoteOrderQtyMarketAllowed: true,
    allowTrailingStop: false,
    cancelReplaceAllowed: false,
    amendAllowed: false,
    pegInstructionsAllowed: false,
    isSpotTradingAllowed: true,
    isMarginTradingAllowed: false,
    filters: filters(market),
    permissions: [],
    permissionSets: [['SPOT']],
    defaultSelfTradePreventionMode: 'NONE',
    allowedSelfTradePreventionModes: ['NONE'],
  };
}

function filters({ rules }: Market): unknown[] {
  return [
    {
      filterType: 'PRICE_FILTER',
      minPrice: format(rules.minPrice),
      maxPrice: format(rules.maxPrice),
      tickSize: format(rules.tick),
    },
    { filterType: 'LOT_SIZE', minQty: format(rules.minQty), maxQty: format(rules.maxQty), stepSize: format(rules.step) },
    { filterType: 'ICEBERG_PARTS', limit: 10 },
    { filterType: 'MARKET_LOT_SIZE', minQty: format(0n), maxQty: format(rules.marketMaxQty), stepSize: format(0n) },
    {
      filterType: 'TRAILING_DELTA',
      minTrailingAboveDelta: 10,
      maxTrailingAboveDelta: 2000,
      minTrailingBelowDelta: 10,
      maxTrailingBelowDelta: 2000,
    },
    {
      filterType: 'PERCENT_PRICE_BY_SIDE',
      bidMultiplierUp: '5',
      bidMultiplierDown: '0.2',
      askMultiplierUp: '5',
      askMultiplierDown: '0.2',
      avgPriceMins: AVERAGE_MINUTES,
    },
    {
      filterType: 'NOTIONAL',
      minNotional: format(rules.minNotional),
      applyMinToMarket: true,
      maxNotional: format(rules.maxNotional),
      applyMaxToMarket: false,
      avgPriceMins: AVERAGE_MINUTES,
    },
    { filterType: 'MAX_NUM_ORDERS', maxNumOrders: rules.maxNumOrders },
    { filterType: 'MAX_NUM_ALGO_ORDERS', maxNumAlgoOrders: rules.maxNumAlgoOrders },
  ];
}
