import { compare, isDecimal, toDecimal } from '../domain/decimal.js';
import type { WireOrder } from './trading-client.js';
import type { OutgoingRequest } from './wire-tap.js';

const NUMBER = /(?<![\w.+-])\d{1,20}(?:\.\d{1,20})?(?:[eE][+-]?\d{1,3})?(?![\w.])/g;

/**
 * Why an order of an exchange whose requests we do not know by heart must not leave: our id and every amount have to stand in it, however
 * it is spelled. The library rounds amounts to what it takes for the market's step.
 */
export function unifiedObjection({ url, body }: OutgoingRequest, order: WireOrder): string | null {
  const text = decoded(`${url.slice(url.indexOf('?') + 1)} ${body}`);
  if (!text.includes(order.clientOrderId)) return 'the client order id is not in it';
  const numbers = (text.match(NUMBER) ?? []).map((number) => toDecimal(number)).filter(isDecimal);
  const missing = [order.quantity, order.limitPrice, order.stopPrice].find((amount) => amount !== null && !numbers.some((number) => compare(number, amount) === 0));
  return missing === undefined ? null : 'the library changed an amount on the way';
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
