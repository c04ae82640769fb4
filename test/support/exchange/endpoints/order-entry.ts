import { badData, cancelRestricted, missingBoth, unknownOrder } from '../base/api-error.js';
import { isOpen, type Order } from '../trading/order.js';
import { checkOrderPresence, ORDER_MANDATORY, ORDER_PARAMETERS, readOrder } from '../trading/order-request.js';
import { cancelledBody, placedBody, type ResponseType } from './order-bodies.js';
import { flat, type Context, type Route } from './route.js';

const ORDER = '/api/v3/order';
const RESPONSE_TYPES: readonly ResponseType[] = ['ACK', 'RESULT', 'FULL'];

const PLACE = {
  method: 'POST',
  permission: 'TRADE',
  weight: flat(1),
  params: ORDER_PARAMETERS,
  mandatory: ORDER_MANDATORY,
  checkPresence: checkOrderPresence,
} as const;

/** Endpoints that change orders. */
export const ORDER_ENTRY_ROUTES: readonly Route[] = [
  { ...PLACE, path: ORDER, isFreeOnSuccess: true, run: place },
  { ...PLACE, path: '/api/v3/order/test', run: test },
  {
    method: 'DELETE',
    path: ORDER,
    permission: 'TRADE',
    weight: flat(1),
    params: {
      symbol: 'symbol',
      orderId: 'integer',
      origClientOrderId: 'clientOrderId',
      newClientOrderId: 'clientOrderId',
      cancelRestrictions: 'text',
    },
    mandatory: ['symbol'],
    checkPresence: checkOrderNamed,
    isFreeOnSuccess: true,
    run: cancel,
  },
  {
    method: 'DELETE',
    path: '/api/v3/openOrders',
    permission: 'TRADE',
    weight: flat(1),
    params: { symbol: 'symbol' },
    mandatory: ['symbol'],
    run: cancelAll,
  },
];

/** Throws when a look-up names no order at all. */
export function checkOrderNamed(values: ReadonlyMap<string, string>): void {
  if (!values.has('orderId') && !values.has('origClientOrderId')) throw missingBoth('origClientOrderId', 'orderId');
}

function place(context: Context): object {
  const { engine, params } = context;
  const request = readOrder(params, engine.newClientOrderId);
  const answer = responseType(params.text('newOrderRespType'), request.type);
  engine.check(request);
  const order = engine.place(request, 'api', context.n0);
  context.orderId = order.orderId;
  return placedBody(order, answer, engine.trades.ofOrder(order.orderId));
}

function test({ engine, params }: Context): object {
  const request = readOrder(params, engine.newClientOrderId);
  responseType(params.text('newOrderRespType'), request.type);
  engine.check(request);
  return {};
}

function cancel(context: Context): object {
  const { engine, params } = context;
  const symbol = params.required('symbol');
  const orderId = params.integer('orderId');
  const clientId = params.text('origClientOrderId');
  const order = orderId === undefined ? newest(context, symbol, clientId ?? '') : engine.orders.get(symbol, orderId);
  if (order === undefined || !isOpen(order)) throw unknownOrder();
  if (clientId !== undefined && order.clientOrderId !== clientId) throw unknownOrder();
  const only = params.text('cancelRestrictions');
  if (only !== undefined && only !== `ONLY_${order.status}`) throw cancelRestricted();
  return cancelOne(context, order, params.text('newClientOrderId') ?? engine.newClientOrderId());
}

function cancelAll(context: Context): object[] {
  const open = context.engine.orders.openOrders(context.params.required('symbol'));
  if (open.length === 0) throw unknownOrder();
  return open.map((order) => cancelOne(context, order, context.engine.newClientOrderId()));
}

function cancelOne(context: Context, order: Order, cancelId: string): object {
  const previousId = order.clientOrderId;
  context.engine.cancel(order, cancelId, 'user');
  context.orderId = order.orderId;
  return cancelledBody(order, previousId, cancelId);
}

function newest({ engine }: Context, symbol: string, clientId: string): Order | undefined {
  return engine.orders.withClientId(symbol, clientId).find(({ clientOrderId }) => clientOrderId === clientId);
}

function responseType(given: string | undefined, orderType: string): ResponseType {
  if (given === undefined) return orderType === 'MARKET' || orderType === 'LIMIT' ? 'FULL' : 'ACK';
  const type = RESPONSE_TYPES.find((known) => known === given);
  if (type === undefined) throw badData('newOrderRespType');
  return type;
}
