import { compare, isDecimal, ZERO } from '../domain/decimal.js';
import type { WireOrder } from './trading-client.js';

const SYMBOL = /^[A-Z0-9]{1,20}\/[A-Z0-9]{1,20}$/;
const CLIENT_ORDER_ID = /^[A-Za-z0-9_-]{1,36}$/;
const MOST_DECIMALS = 8;
/** What a 64-bit number of hundred-millionths holds: no exchange knows larger amounts. */
const LARGEST = '92233720368';

const TYPES: readonly unknown[] = ['market', 'limit', 'stop_loss_limit'];
const SIDES: readonly unknown[] = ['buy', 'sell'];

/**
 * Why an order must not be sent, whoever asks for it; null where nothing stands against it. The last look before the library, which
 * would send a negative amount as it is, and make another order of a market order with a price.
 */
export function objectionTo(order: WireOrder): string | null {
  if (!isText(order.symbol) || !SYMBOL.test(order.symbol)) return 'symbol must be BASE/QUOTE in capitals, e.g. BTC/USDT';
  if (!isText(order.clientOrderId) || !CLIENT_ORDER_ID.test(order.clientOrderId)) return 'client order id must be 1 to 36 letters, digits, dashes or underscores';
  if (!SIDES.includes(order.side)) return 'side must be buy or sell';
  if (!TYPES.includes(order.type)) return 'type must be market, limit or stop_loss_limit';
  return amountObjection('quantity', order.quantity) ?? (order.type === 'market' ? marketObjection(order) : limitObjection(order));
}

function marketObjection({ limitPrice, stopPrice, timeInForce }: WireOrder): string | null {
  return limitPrice === null && stopPrice === null && timeInForce === null ? null : 'a market order has no price, no stop price and no time in force';
}

function limitObjection({ type, limitPrice, stopPrice, timeInForce }: WireOrder): string | null {
  if (timeInForce !== 'GTC' && timeInForce !== 'IOC') return 'time in force must be GTC or IOC';
  if ((type === 'stop_loss_limit') !== (stopPrice !== null)) return 'a stop price belongs to stop_loss_limit orders, and to them only';
  return amountObjection('limit price', limitPrice) ?? (stopPrice === null ? null : amountObjection('stop price', stopPrice));
}

function amountObjection(name: string, amount: unknown): string | null {
  if (!isText(amount) || !isDecimal(amount)) return `${name} must be a decimal text without exponent or zeros at its ends, was ${shown(amount)}`;
  if (compare(amount, ZERO) <= 0) return `${name} must be above 0, was ${amount}`;
  if (compare(amount, LARGEST) > 0) return `${name} must not be above ${LARGEST}, was ${amount}`;
  const decimals = amount.split('.').at(1)?.length ?? 0;
  return decimals > MOST_DECIMALS ? `${name} must have at most ${MOST_DECIMALS} decimals, was ${amount}` : null;
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function shown(value: unknown): string {
  return typeof value === 'string' ? JSON.stringify(value.slice(0, 40)) : String(value).slice(0, 40);
}
