import { marketId } from './binance-orders.js';
import type { WireOrder } from './trading-client.js';
import type { OutgoingRequest } from './wire-tap.js';

export type OrderParameters = Readonly<Record<string, string>>;

const TYPES: Readonly<Record<WireOrder['type'], string>> = { market: 'MARKET', limit: 'LIMIT', stop_loss_limit: 'STOP_LOSS_LIMIT' };
/** What the library adds when it signs. */
const SIGNING = ['timestamp', 'recvWindow', 'signature'];

/** A new order, every amount as it was given. A full reply is asked for whatever the type, for its executions. */
export function placeParameters(order: WireOrder): OrderParameters {
  const { symbol, side, type, quantity, limitPrice, stopPrice, timeInForce, clientOrderId } = order;
  return {
    symbol: marketId(symbol),
    side: side === 'buy' ? 'BUY' : 'SELL',
    type: TYPES[type],
    quantity,
    ...(limitPrice === null ? {} : { price: limitPrice }),
    ...(stopPrice === null ? {} : { stopPrice }),
    ...(timeInForce === null ? {} : { timeInForce }),
    newClientOrderId: clientOrderId,
    newOrderRespType: 'FULL',
  };
}

/** Why a request is not the one that was meant: the library may have changed, added or left out something. null where it is. */
export function wireObjection({ url, method, body }: OutgoingRequest, expected: string, parameters: OrderParameters): string | null {
  if (method !== expected) return 'the library made another request of it';
  const sent = new URLSearchParams(body === '' ? url.slice(url.indexOf('?') + 1) : body);
  for (const name of SIGNING) sent.delete(name);
  const wanted = Object.entries(parameters);
  const isSame = [...sent].length === wanted.length && wanted.every(([name, value]) => sent.get(name) === value);
  return isSame ? null : 'the library changed it on the way';
}
