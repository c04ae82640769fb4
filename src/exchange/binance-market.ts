import { compare, isZero, ZERO } from '../domain/decimal.js';
import type { MarketRules } from '../domain/market-rules.js';
import { marketId } from './binance-orders.js';
import type { Balances, BookTop, KeyPermissions } from './trading-client.js';
import { amountIn, flagIn, listOf, Malformed, objectOf, textIn, timeIn, type Raw } from './wire-shape.js';

const STATUSES: Readonly<Record<string, MarketRules['status']>> = { TRADING: 'trading', CANCEL_ONLY: 'cancel_only' };

/** A reply of `exchangeInfo`: filters of one market as they are now. @throws Malformed */
export function rulesOf(value: unknown, symbol: string): MarketRules {
  const markets = listOf(objectOf(value, 'the reply')['symbols'], 'symbols').map((row) => objectOf(row, 'the market'));
  const raw = markets.find((market) => textIn(market, 'symbol') === marketId(symbol));
  if (raw === undefined) return goneMarket(symbol);
  const [base, quote] = symbol.split('/');
  if (textIn(raw, 'baseAsset') !== base || textIn(raw, 'quoteAsset') !== quote) throw new Malformed('its market is another one');
  const filters = filtersOf(raw);
  const price = filters.required('PRICE_FILTER');
  const lot = filters.required('LOT_SIZE');
  const marketLot = filters.optional('MARKET_LOT_SIZE');
  const notional = filters.optional('NOTIONAL') ?? filters.optional('MIN_NOTIONAL');
  const isOpen = raw['isSpotTradingAllowed'] !== false;
  return {
    symbol,
    base,
    quote,
    // Whatever else it is called, nothing is traded there now.
    status: isOpen ? (STATUSES[textIn(raw, 'status')] ?? 'halted') : 'halted',
    priceStep: amountIn(price, 'tickSize'),
    minPrice: amountIn(price, 'minPrice'),
    maxPrice: amountIn(price, 'maxPrice'),
    lotStep: amountIn(lot, 'stepSize'),
    minQuantity: amountIn(lot, 'minQty'),
    maxQuantity: amountIn(lot, 'maxQty'),
    marketLotStep: marketLot === null ? ZERO : amountIn(marketLot, 'stepSize'),
    minMarketQuantity: marketLot === null ? ZERO : amountIn(marketLot, 'minQty'),
    maxMarketQuantity: marketLot === null ? ZERO : amountIn(marketLot, 'maxQty'),
    minNotional: notional === null ? ZERO : amountIn(notional, 'minNotional'),
    maxNotional: notional === null || notional['maxNotional'] === undefined ? ZERO : amountIn(notional, 'maxNotional'),
  };
}

/** A market that is not listed. */
export function goneMarket(symbol: string): MarketRules {
  const [base, quote] = symbol.split('/');
  return { symbol, base, quote, status: 'gone', priceStep: ZERO, lotStep: ZERO, minQuantity: ZERO, maxQuantity: ZERO, marketLotStep: ZERO, minMarketQuantity: ZERO, maxMarketQuantity: ZERO, minPrice: ZERO, maxPrice: ZERO, minNotional: ZERO, maxNotional: ZERO };
}

/** Weight of requests that one address may use in a minute, as `exchangeInfo` tells it; null where it does not. */
export function weightLimitOf(value: unknown): number | null {
  const limits = (value as { rateLimits?: unknown } | null)?.rateLimits;
  const found = Array.isArray(limits) ? (limits as (Raw | null)[]).find((limit) => limit?.['rateLimitType'] === 'REQUEST_WEIGHT' && limit['interval'] === 'MINUTE' && limit['intervalNum'] === 1) : undefined;
  const limit = found?.['limit'];
  return typeof limit === 'number' && Number.isSafeInteger(limit) && limit > 0 ? limit : null;
}

/** A side without an order is told as a price and a quantity of 0. @throws Malformed */
export function bookTopOf(value: unknown, symbol: string): BookTop {
  const raw = objectOf(value, 'the reply');
  if (textIn(raw, 'symbol') !== marketId(symbol)) throw new Malformed('it is about another market');
  return checkedTop({ bid: amountIn(raw, 'bidPrice'), bidQuantity: amountIn(raw, 'bidQty'), ask: amountIn(raw, 'askPrice'), askQuantity: amountIn(raw, 'askQty') });
}

/** A side that is empty has neither price nor quantity: whoever wants the other side must not be kept from it. @throws Malformed */
export function checkedTop(top: BookTop): BookTop {
  if (isZero(top.bid) !== isZero(top.bidQuantity)) throw new Malformed('the best bid has a price or a quantity, and not both');
  if (isZero(top.ask) !== isZero(top.askQuantity)) throw new Malformed('the best ask has a price or a quantity, and not both');
  if (!isZero(top.ask) && compare(top.ask, top.bid) < 0) throw new Malformed('the best ask is below the best bid');
  return top;
}

/** A reply of `account`. An empty list is no answer: Binance names every asset it knows. @throws Malformed */
export function balancesOf(value: unknown): Balances {
  const rows = listOf(objectOf(value, 'the reply')['balances'], 'balances');
  if (rows.length === 0) throw new Malformed('balances is empty');
  const balances = new Map<string, Balances[string]>();
  for (const row of rows) {
    const raw = objectOf(row, 'the balance');
    const asset = textIn(raw, 'asset');
    if (balances.has(asset)) throw new Malformed('an asset is named twice');
    balances.set(asset, { free: amountIn(raw, 'free'), locked: amountIn(raw, 'locked') });
  }
  return Object.fromEntries(balances);
}

/** A reply of `apiRestrictions`. @throws Malformed */
export function permissionsOf(value: unknown): KeyPermissions {
  const raw = objectOf(value, 'the reply');
  return {
    canTrade: flagIn(raw, 'enableSpotAndMarginTrading'),
    canWithdraw: flagIn(raw, 'enableWithdrawals'),
    canTransfer: flagIn(raw, 'enableInternalTransfer') || flagIn(raw, 'permitsUniversalTransfer'),
    ipRestricted: flagIn(raw, 'ipRestrict'),
    // Keys that are bound to an address have none, or 0.
    tradingExpiresAt: (raw['tradingAuthorityExpirationTime'] ?? 0) === 0 ? null : timeIn(raw, 'tradingAuthorityExpirationTime'),
  };
}

/**
 * What `account` says where there is no endpoint about the key. It speaks of the account: what that may not do no key may, but what it may
 * do says nothing about this key.
 */
export function accountPermissionsOf(value: unknown): KeyPermissions {
  const raw = objectOf(value, 'the reply');
  return { canTrade: flagIn(raw, 'canTrade'), canWithdraw: flagIn(raw, 'canWithdraw') ? null : false, canTransfer: null, ipRestricted: null, tradingExpiresAt: null };
}

interface Filters {
  required(type: string): Raw;
  optional(type: string): Raw | null;
}

function filtersOf(market: Raw): Filters {
  const filters = listOf(market['filters'], 'filters').map((row) => objectOf(row, 'the filter'));
  const optional = (type: string): Raw | null => filters.find((filter) => filter['filterType'] === type) ?? null;
  const required = (type: string): Raw => {
    const found = optional(type);
    if (found === null) throw new Malformed(`it has no filter ${type}`);
    return found;
  };
  return { required, optional };
}
