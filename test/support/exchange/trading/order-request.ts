import type { Parameters, ParameterTable } from '../api/parameters.js';
import {
  badCombination, invalidOrderType, invalidSide, invalidTimeInForce, missing, missingBoth, notRequired,
} from '../base/api-error.js';
import { ORDER_TYPES, type OrderRequest, type OrderType, type TimeInForce } from './order.js';

export const ORDER_PARAMETERS: ParameterTable = {
  symbol: 'symbol',
  side: 'text',
  type: 'text',
  timeInForce: 'text',
  quantity: 'decimal',
  quoteOrderQty: 'decimal',
  price: 'decimal',
  newClientOrderId: 'clientOrderId',
  strategyId: 'integer',
  strategyType: 'integer',
  stopPrice: 'decimal',
  newOrderRespType: 'text',
  selfTradePreventionMode: 'text',
};

export const ORDER_MANDATORY = ['symbol', 'side', 'type'] as const;

const MANDATORY: Record<OrderType, readonly string[]> = {
  LIMIT: ['timeInForce', 'quantity', 'price'],
  LIMIT_MAKER: ['quantity', 'price'],
  MARKET: [],
  STOP_LOSS: ['quantity', 'stopPrice'],
  STOP_LOSS_LIMIT: ['timeInForce', 'quantity', 'price', 'stopPrice'],
  TAKE_PROFIT: ['quantity', 'stopPrice'],
  TAKE_PROFIT_LIMIT: ['timeInForce', 'quantity', 'price', 'stopPrice'],
};

/** Parameters that may come with a type but have no meaning there. */
const NOT_REQUIRED: Record<OrderType, readonly string[]> = {
  LIMIT: ['quoteOrderQty', 'stopPrice'],
  LIMIT_MAKER: ['quoteOrderQty', 'stopPrice', 'timeInForce'],
  MARKET: ['price', 'timeInForce', 'stopPrice'],
  STOP_LOSS: ['quoteOrderQty', 'price', 'timeInForce'],
  STOP_LOSS_LIMIT: ['quoteOrderQty'],
  TAKE_PROFIT: ['quoteOrderQty', 'price', 'timeInForce'],
  TAKE_PROFIT_LIMIT: ['quoteOrderQty'],
};

const TIMES_IN_FORCE: readonly TimeInForce[] = ['GTC', 'IOC', 'FOK'];

/** Throws when a parameter is missing that the order's type needs; an unknown type is for later. */
export function checkOrderPresence(values: ReadonlyMap<string, string>): void {
  const type = ORDER_TYPES.find((known) => known === values.get('type'));
  if (type === undefined) return;
  const absent = MANDATORY[type].find((name) => !values.has(name));
  if (absent !== undefined) throw missing(absent);
  if (type === 'MARKET' && !values.has('quantity') && !values.has('quoteOrderQty')) {
    throw missingBoth('quantity', 'quoteOrderQty');
  }
}

/**
 * An order from parameters whose form has been checked.
 *
 * @param newId makes a client order id where none was sent
 */
export function readOrder(params: Parameters, newId: () => string): OrderRequest {
  const type = ORDER_TYPES.find((known) => known === params.required('type'));
  if (type === undefined) throw invalidOrderType();
  const side = params.required('side');
  if (side !== 'BUY' && side !== 'SELL') throw invalidSide();
  const timeInForce = TIMES_IN_FORCE.find((known) => known === (params.text('timeInForce') ?? 'GTC'));
  if (timeInForce === undefined) throw invalidTimeInForce();
  const surplus = NOT_REQUIRED[type].find((name) => params.has(name));
  if (surplus !== undefined) throw notRequired(surplus);
  if (params.has('quantity') && params.has('quoteOrderQty')) throw badCombination();
  return {
    symbol: params.required('symbol'),
    side,
    type,
    timeInForce,
    quantity: params.decimal('quantity') ?? null,
    quoteOrderQty: params.decimal('quoteOrderQty') ?? null,
    price: params.decimal('price') ?? 0n,
    stopPrice: params.decimal('stopPrice') ?? 0n,
    clientOrderId: params.text('newClientOrderId') ?? newId(),
  };
}
