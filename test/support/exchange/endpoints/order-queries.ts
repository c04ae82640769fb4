import { archived, badCombination, idMismatch, noSuchOrder, windowTooLong } from '../base/api-error.js';
import type { TradeRecord } from '../base/journal.js';
import { DAY_MS } from '../market/statistics.js';
import { asOf, isOpen, lastOpen, type Order } from '../trading/order.js';
import { rowLimit } from './klines.js';
import { orderBody } from './order-bodies.js';
import { checkOrderNamed } from './order-entry.js';
import { flat, type Context, type Route } from './route.js';

const ARCHIVED_AFTER_MS = 90 * DAY_MS;
const WINDOW = { startTime: 'integer', endTime: 'integer', limit: 'integer' } as const;
/** The sets of optional parameters that `myTrades` takes, each sorted. */
const TRADE_QUERIES = ['', 'orderId', 'startTime', 'endTime', 'fromId', 'endTime,startTime', 'fromId,orderId'];

const READ = { method: 'GET', permission: 'USER_DATA', mandatory: ['symbol'] } as const;

/** Endpoints that look at orders and trades, as late as the configured lags. */
export const ORDER_QUERY_ROUTES: readonly Route[] = [
  {
    ...READ,
    path: '/api/v3/order',
    weight: flat(4),
    params: { symbol: 'symbol', orderId: 'integer', origClientOrderId: 'clientOrderId' },
    checkPresence: checkOrderNamed,
    run: queryOrder,
  },
  {
    ...READ,
    path: '/api/v3/openOrders',
    mandatory: [],
    weight: (has) => (has('symbol') ? 6 : 80),
    params: { symbol: 'symbol' },
    run: openOrders,
  },
  {
    ...READ,
    path: '/api/v3/allOrders',
    weight: flat(20),
    params: { symbol: 'symbol', orderId: 'integer', ...WINDOW },
    run: allOrders,
  },
  {
    ...READ,
    path: '/api/v3/myTrades',
    weight: (has) => (has('orderId') ? 5 : 20),
    params: { symbol: 'symbol', orderId: 'integer', fromId: 'integer', ...WINDOW },
    run: myTrades,
  },
];

function queryOrder(context: Context): object {
  const { venue, engine, params } = context;
  const symbol = params.required('symbol');
  const orderId = params.integer('orderId');
  const clientId = params.text('origClientOrderId');
  const seenAtMs = venue.now - venue.lags.order;
  const candidates = orderId === undefined ? engine.orders.withClientId(symbol, clientId ?? '') : [engine.orders.get(symbol, orderId)];
  const views = candidates.flatMap((order) => (order === undefined ? [] : (asOf(order, seenAtMs) ?? [])));
  const order = orderId === undefined ? views.find(({ clientOrderId }) => clientOrderId === clientId) : views.at(0);
  if (order === undefined) throw noSuchOrder();
  if (clientId !== undefined && order.clientOrderId !== clientId) throw idMismatch();
  if (isArchived(order, venue.now)) throw archived();
  return orderBody(order);
}

/** New orders show at once; closed ones stay, as they last were, for the time of the lag. */
function openOrders({ venue, engine, params }: Context): object[] {
  const symbol = params.text('symbol');
  const open = engine.orders.openOrders(symbol);
  if (venue.lags.openOrders === 0) return open.map(orderBody);
  const seenAtMs = venue.now - venue.lags.openOrders;
  const late = engine.orders
    .all(symbol)
    .filter((order) => !isOpen(order) && order.updateTime > seenAtMs)
    .flatMap((order) => lastOpen(order) ?? []);
  return [...open, ...late].sort((a, b) => a.orderId - b.orderId).map(orderBody);
}

function allOrders(context: Context): object[] {
  const { venue, engine, params } = context;
  const limit = rowLimit(context);
  const { fromMs, toMs } = timeWindow(context);
  const seenAtMs = venue.now - venue.lags.allOrders;
  const firstId = params.integer('orderId');
  const found = engine.orders
    .all(params.required('symbol'))
    .filter(({ orderId, time }) => orderId >= (firstId ?? 0) && time >= fromMs && time <= toMs)
    .flatMap((order) => asOf(order, seenAtMs) ?? []);
  const isFromStart = firstId !== undefined || params.has('startTime');
  return page(found, limit, isFromStart).map(orderBody);
}

function myTrades(context: Context): readonly TradeRecord[] {
  const { venue, engine, params } = context;
  const limit = rowLimit(context);
  const given = ['endTime', 'fromId', 'orderId', 'startTime'].filter((name) => params.has(name)).join(',');
  if (!TRADE_QUERIES.includes(given)) throw badCombination();
  const { fromMs, toMs } = timeWindow(context);
  const seenAtMs = venue.now - venue.lags.myTrades;
  const orderId = params.integer('orderId');
  const fromId = params.integer('fromId') ?? 0;
  const symbol = params.required('symbol');
  const trades = orderId === undefined ? engine.trades.ofSymbol(symbol) : engine.trades.ofOrder(orderId);
  const found = trades.filter(
    (trade) =>
      trade.symbol === symbol && trade.id >= fromId && trade.time <= seenAtMs && trade.time >= fromMs && trade.time <= toMs,
  );
  const isFromStart = params.has('fromId') || params.has('startTime');
  return page(found, limit, isFromStart);
}

/** @throws ApiError -1127 when both ends are given and more than a day apart */
function timeWindow({ params }: Context): { fromMs: number; toMs: number } {
  const fromMs = params.integer('startTime');
  const toMs = params.integer('endTime');
  if (fromMs !== undefined && toMs !== undefined && toMs - fromMs > DAY_MS) throw windowTooLong();
  return { fromMs: fromMs ?? -Infinity, toMs: toMs ?? Infinity };
}

/** The first rows when the query says where to start, else the last ones. */
function page<T>(rows: readonly T[], limit: number, isFromStart: boolean): readonly T[] {
  return isFromStart ? rows.slice(0, limit) : rows.slice(-limit);
}

function isArchived({ status, executedQty, updateTime }: Order, nowMs: number): boolean {
  const isUnfilledEnd = (status === 'CANCELED' || status === 'EXPIRED') && executedQty === 0n;
  return isUnfilledEnd && nowMs - updateTime > ARCHIVED_AFTER_MS;
}
