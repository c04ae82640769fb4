import { filterFailure, rejected } from '../base/api-error.js';
import { mulFloor, type Units } from '../base/decimal.js';
import type { Market } from '../market/market.js';
import type { SymbolRules } from '../market/symbol-rules.js';
import { hasNoLimit, isStop, type OrderRequest } from './order.js';

/** PERCENT_PRICE_BY_SIDE: prices up to five times and down to a fifth of the reference. */
const PERCENT_UP = 5n;
const PERCENT_DOWN_DIVISOR = 5n;

/** How many orders the account has open on the symbol. */
export interface OpenCounts {
  all: number;
  stops: number;
}

/**
 * Checks an order against the market's filters, in the exchange's order.
 *
 * @throws ApiError -1013 of the first filter that fails
 */
export function checkFilters(order: OrderRequest, market: Market, open: OpenCounts, nowMs: number): void {
  const { rules } = market;
  for (const price of [order.price, order.stopPrice]) {
    if (price !== 0n && !isOnGrid(price, rules.minPrice, rules.maxPrice, rules.tick)) throw filterFailure('PRICE_FILTER');
  }
  const hasPrice = !hasNoLimit(order.type);
  if (hasPrice && order.price === 0n) throw filterFailure('PRICE_FILTER');
  if (isStop(order.type) && order.stopPrice === 0n) throw filterFailure('PRICE_FILTER');
  const reference = market.referencePrice(nowMs);
  if (hasPrice && isFarFrom(order.price, reference)) throw filterFailure('PERCENT_PRICE_BY_SIDE');
  if (order.quantity !== null) checkQuantity(order.quantity, order, rules, reference);
  else if ((order.quoteOrderQty ?? 0n) < rules.minNotional) throw filterFailure('NOTIONAL');
  if (order.type === 'MARKET') return;
  if (open.all >= rules.maxNumOrders) throw filterFailure('MAX_NUM_ORDERS');
  if (isStop(order.type) && open.stops >= rules.maxNumAlgoOrders) throw filterFailure('MAX_NUM_ALGO_ORDERS');
}

function checkQuantity(quantity: Units, order: OrderRequest, rules: SymbolRules, reference: Units): void {
  if (!isOnGrid(quantity, rules.minQty, rules.maxQty, rules.step)) throw filterFailure('LOT_SIZE');
  if (order.type === 'MARKET' && quantity > rules.marketMaxQty) throw filterFailure('MARKET_LOT_SIZE');
  const notional = mulFloor(hasNoLimit(order.type) ? reference : order.price, quantity);
  if (notional <= 0n) throw rejected('Price * QTY is zero or less.');
  if (notional < rules.minNotional) throw filterFailure('NOTIONAL');
  if (!hasNoLimit(order.type) && notional > rules.maxNotional) throw filterFailure('NOTIONAL');
}

function isOnGrid(value: Units, lowest: Units, highest: Units, step: Units): boolean {
  return value >= lowest && value <= highest && value % step === 0n;
}

function isFarFrom(price: Units, reference: Units): boolean {
  return price > reference * PERCENT_UP || price < reference / PERCENT_DOWN_DIVISOR;
}
