import { compare, isZero, toDecimal, ZERO, type DecimalText } from '../domain/decimal.js';
import type { MarketRules } from '../domain/market-rules.js';
import { checkedTop, goneMarket } from './binance-market.js';
import type { PlacedReport } from './placement.js';
import type { Balances, BookTop, WireReport, WireTrade } from './trading-client.js';
import { amountIn, listOf, Malformed, objectOf, Contradiction, positiveIn, signedIn, textIn, timeIn, type Raw } from './wire-shape.js';

/**
 * What ccxt makes of an order. It fills gaps with undefined and zeros, so only what is there and goes together is taken. Amounts are texts,
 * for the library was told to keep them so.
 *
 * @throws Malformed
 */
export function orderOfLibrary(value: unknown, symbol: string): PlacedReport {
  const raw = objectOf(value, 'the order');
  if (textIn(raw, 'symbol') !== symbol) throw new Contradiction('it is about another market');
  const quantity = positiveIn(raw, 'amount');
  const executedQuantity = amountIn(raw, 'filled');
  if (compare(executedQuantity, quantity) > 0) throw new Contradiction('more was executed than there was');
  return {
    symbol,
    exchangeOrderId: textIn(raw, 'id'),
    clientOrderId: textIn(raw, 'clientOrderId'),
    side: sideOf(raw),
    state: stateOf(textIn(raw, 'status'), quantity, executedQuantity),
    quantity,
    executedQuantity,
    reason: raw['status'] === 'rejected' ? 'REJECTED' : null,
    // An order that waits for its stop has been seen with -1 for the time of its own.
    at: timeIn(raw, Number(raw['timestamp']) > 0 ? 'timestamp' : 'lastUpdateTimestamp'),
    type: null,
    limitPrice: null,
    // What stands with an order is whole on some exchanges only; trades have their own endpoint.
    trades: isZero(executedQuantity) ? [] : null,
  };
}

/** @throws Malformed */
export function tradeOfLibrary(value: unknown, symbol: string): WireTrade {
  const raw = objectOf(value, 'the trade');
  if (textIn(raw, 'symbol') !== symbol) throw new Contradiction('it is about another market');
  const fee = objectOf(raw['fee'], 'the fee');
  return {
    tradeId: textIn(raw, 'id'),
    exchangeOrderId: textIn(raw, 'order'),
    side: sideOf(raw),
    price: positiveIn(raw, 'price'),
    quantity: positiveIn(raw, 'amount'),
    commission: signedIn(fee, 'cost'),
    commissionAsset: textIn(fee, 'currency'),
    executedAt: timeIn(raw, 'timestamp'),
  };
}

/** @throws Malformed */
export function balancesOfLibrary(value: unknown): Balances {
  const raw = objectOf(value, 'the balances');
  const free = objectOf(raw['free'], 'the free balances');
  const used = objectOf(raw['used'], 'the locked balances');
  const assets = Object.keys(free);
  if (assets.length === 0) throw new Malformed('there are no balances at all');
  return Object.fromEntries(assets.map((asset) => [asset, { free: amountIn(free, asset), locked: amountIn(used, asset) }]));
}

/** @throws Malformed */
export function bookTopOfLibrary(value: unknown): BookTop {
  const raw = objectOf(value, 'the order book');
  const [bid, ask] = [raw['bids'], raw['asks']].map((side) => bestOf(listOf(side, 'a side of the order book')));
  // The library makes an empty book of anything that is none, too.
  if (isZero(bid.quantity) && isZero(ask.quantity)) throw new Malformed('the order book is empty');
  return checkedTop({ bid: bid.price, bidQuantity: bid.quantity, ask: ask.price, askQuantity: ask.quantity });
}

function bestOf(side: readonly unknown[]): { readonly price: DecimalText; readonly quantity: DecimalText } {
  if (side.length === 0) return { price: ZERO, quantity: ZERO };
  const [price, quantity] = listOf(side[0], 'the best price');
  const level: Raw = { price, quantity };
  return { price: priceIn(level, 'price'), quantity: priceIn(level, 'quantity') };
}

/** How the library writes steps where they are steps; other ways count digits. */
const TICK_SIZE = 4;

/** @throws Malformed */
export function rulesOfLibrary(value: unknown, symbol: string, precisionMode: number): MarketRules {
  if (precisionMode !== TICK_SIZE) throw new Malformed('its prices have no fixed step');
  const markets = listOf(value, 'the markets').map((row) => objectOf(row, 'the market'));
  if (markets.length === 0) throw new Malformed('there are no markets at all');
  const raw = markets.find((market) => market['symbol'] === symbol && market['spot'] !== false);
  if (raw === undefined) return goneMarket(symbol);
  const precision = objectOf(raw['precision'], 'precision');
  const limits = objectOf(raw['limits'], 'limits');
  const range = (name: string): { readonly min: DecimalText; readonly max: DecimalText } => rangeOf(limits[name]);
  const [amount, price, cost, market] = [range('amount'), range('price'), range('cost'), range('market')];
  return {
    symbol,
    base: textIn(raw, 'base'),
    quote: textIn(raw, 'quote'),
    status: raw['active'] === false ? 'halted' : 'trading',
    priceStep: priceIn(precision, 'price'),
    lotStep: priceIn(precision, 'amount'),
    minQuantity: amount.min,
    maxQuantity: amount.max,
    marketLotStep: ZERO,
    minMarketQuantity: market.min,
    maxMarketQuantity: market.max,
    minPrice: price.min,
    maxPrice: price.max,
    minNotional: cost.min,
    maxNotional: cost.max,
  };
}

/** Limits that the exchange has none of are 0. */
function rangeOf(value: unknown): { readonly min: DecimalText; readonly max: DecimalText } {
  if (value === undefined || value === null) return { min: ZERO, max: ZERO };
  const raw = objectOf(value, 'a limit');
  const limit = (name: string): DecimalText => (raw[name] === undefined || raw[name] === null ? ZERO : decimalIn(raw, name));
  return { min: limit('min'), max: limit('max') };
}

/** A positive amount, for which the library may have made a number of a text, exponent included (`1e-8`). */
function priceIn(raw: Raw, field: string): DecimalText {
  const amount = decimalIn(raw, field);
  if (compare(amount, ZERO) <= 0) throw new Malformed(`${field} is not above 0`);
  return amount;
}

function decimalIn(raw: Raw, field: string): DecimalText {
  const text = typeof raw[field] === 'number' || typeof raw[field] === 'string' ? String(raw[field]) : '';
  if (!/^\d{1,20}(?:\.\d{1,20})?(?:e[+-]?\d{1,2})?$/.test(text)) throw new Malformed(`${field} is no amount`);
  return toDecimal(text);
}

function sideOf(raw: Raw): WireTrade['side'] {
  const side = textIn(raw, 'side');
  if (side !== 'buy' && side !== 'sell') throw new Malformed('its side is neither buy nor sell');
  return side;
}

function stateOf(status: string, quantity: DecimalText, executed: DecimalText): WireReport['state'] {
  const isWhole = compare(executed, quantity) === 0;
  if (status === 'open' || status === 'canceling') return isZero(executed) ? 'OPEN' : 'PARTIAL';
  // Many exchanges call an order closed that ended with a part of it executed.
  if (status === 'closed') return isWhole ? 'FILLED' : 'CANCELED';
  if (status === 'canceled') return isWhole ? 'FILLED' : 'CANCELED';
  if (status === 'expired') return isWhole ? 'FILLED' : 'EXPIRED';
  if (status === 'rejected' && isZero(executed)) return 'EXPIRED';
  throw new Malformed('its status is none that is known');
}
