import { ceilToStep, commonStep, compare, floorToStep, isDecimal, isOnStep, isZero, minus, plus, times, toDecimal, ZERO, type DecimalText } from './decimal.js';
import type { MarketRules } from './market-rules.js';
import type { Side } from './order.js';

/** What of an order the rules of a market speak about. Amounts are looked at as they are: nothing about them is trusted. */
export interface OrderShape {
  readonly symbol: string;
  readonly side: Side;
  readonly type: 'market' | 'limit' | 'stop_loss_limit';
  readonly quantity: string;
  readonly limitPrice: string | null;
  readonly stopPrice: string | null;
}

/** The exchange's name of a filter; `LOCAL.INVALID` is what no exchange should ever be asked. */
export type OrderProblemCode = 'PRICE_FILTER' | 'LOT_SIZE' | 'MARKET_LOT_SIZE' | 'NOTIONAL' | 'LOCAL.INVALID';

export interface OrderProblem {
  readonly code: OrderProblemCode;
  readonly message: string;
}

/** What the quantity of any order, and so of a market order, is a multiple of; `0` when any quantity is good. */
export function quantityStepOf({ lotStep, marketLotStep }: Pick<MarketRules, 'lotStep' | 'marketLotStep'>): DecimalText {
  return commonStep(lotStep, marketLotStep);
}

/**
 * Why a market would refuse an order, by the filters that are known here and in the order in which the exchange looks at them.
 *
 * @param referencePrice what a market order is valued at, above 0; the exchange's own may differ a little
 */
export function orderProblem(order: OrderShape, rules: MarketRules, referencePrice: DecimalText): OrderProblem | null {
  return formProblem(order, rules) ?? priceProblem(order, rules) ?? lotProblem(order, rules) ?? notionalProblem(order, rules, referencePrice);
}

/**
 * The worst price that an order may fill at: `capBps` hundredths of a percent from the reference, on the price step, never beyond.
 *
 * @param reference above 0
 * @param capBps from 0 to below 10,000
 */
export function capPrice(side: Side, reference: DecimalText, capBps: number, { priceStep, minPrice, maxPrice }: Pick<MarketRules, 'priceStep' | 'minPrice' | 'maxPrice'>): DecimalText {
  const away = times(reference, toDecimal((capBps / 10_000).toFixed(12)));
  if (side === 'buy') {
    const cap = floorToStep(plus(reference, away), priceStep);
    return !isZero(maxPrice) && compare(cap, maxPrice) > 0 ? maxPrice : cap;
  }
  const cap = ceilToStep(minus(reference, away), priceStep);
  return compare(cap, minPrice) < 0 ? minPrice : cap;
}

/** No rule of a market is needed to see that these are no order. */
function formProblem({ symbol, type, quantity, limitPrice, stopPrice }: OrderShape, rules: MarketRules): OrderProblem | null {
  if (symbol !== rules.symbol) return invalid(`An order for ${symbol} was held against the rules of ${rules.symbol}`);
  const amounts: readonly (readonly [name: string, given: string | null, wanted: boolean])[] = [
    ['quantity', quantity, true],
    ['limit price', limitPrice, type !== 'market'],
    ['stop price', stopPrice, type === 'stop_loss_limit'],
  ];
  for (const [name, given, wanted] of amounts) {
    if (!wanted && given !== null) return invalid(`A ${type} order has no ${name}; it was ${JSON.stringify(given)}`);
    if (wanted && !isAmount(given)) return invalid(`The ${name} of a ${type} order must be a decimal text above 0 such as 0.001, was ${JSON.stringify(given)}`);
  }
  return null;
}

/** Also of what is no text at all: callers may come from untyped data. */
function isAmount(given: unknown): given is DecimalText {
  return typeof given === 'string' && isDecimal(given) && compare(given, ZERO) > 0;
}

function priceProblem({ limitPrice, stopPrice }: OrderShape, { priceStep, minPrice, maxPrice }: MarketRules): OrderProblem | null {
  for (const price of [limitPrice, stopPrice]) {
    if (price === null) continue;
    const problem = gridProblem('price', price, priceStep, minPrice, maxPrice);
    if (problem !== null) return { code: 'PRICE_FILTER', message: problem };
  }
  return null;
}

function lotProblem({ type, quantity }: OrderShape, rules: MarketRules): OrderProblem | null {
  const lot = gridProblem('quantity', quantity, rules.lotStep, rules.minQuantity, rules.maxQuantity);
  if (lot !== null) return { code: 'LOT_SIZE', message: lot };
  if (type !== 'market') return null;
  const market = gridProblem('quantity of a market order', quantity, rules.marketLotStep, rules.minMarketQuantity, rules.maxMarketQuantity);
  return market === null ? null : { code: 'MARKET_LOT_SIZE', message: market };
}

function gridProblem(name: string, amount: DecimalText, step: DecimalText, least: DecimalText, most: DecimalText): string | null {
  if (compare(amount, least) < 0) return `The ${name} ${amount} is below the least, ${least}`;
  if (!isZero(most) && compare(amount, most) > 0) return `The ${name} ${amount} is above the most, ${most}`;
  return isOnStep(amount, step) ? null : `The ${name} ${amount} is no multiple of the step ${step}`;
}

function notionalProblem({ type, quantity, limitPrice }: OrderShape, { minNotional, maxNotional, quote }: MarketRules, referencePrice: DecimalText): OrderProblem | null {
  const value = times(quantity, limitPrice ?? referencePrice);
  if (compare(value, minNotional) < 0) return { code: 'NOTIONAL', message: `The order is worth ${value} ${quote}, less than the least, ${minNotional}` };
  // The most is not applied to market orders.
  if (type === 'market' || isZero(maxNotional) || compare(value, maxNotional) <= 0) return null;
  return { code: 'NOTIONAL', message: `The order is worth ${value} ${quote}, more than the most, ${maxNotional}` };
}

function invalid(message: string): OrderProblem {
  return { code: 'LOCAL.INVALID', message };
}
