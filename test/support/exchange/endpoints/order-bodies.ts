import { format } from '../base/decimal.js';
import type { TradeRecord } from '../base/journal.js';
import type { Order } from '../trading/order.js';

export type ResponseType = 'ACK' | 'RESULT' | 'FULL';

/** What a new order is answered with, in the exchange's order of fields. */
export function placedBody(order: Order, type: ResponseType, trades: readonly TradeRecord[]): object {
  const ack = {
    symbol: order.symbol,
    orderId: order.orderId,
    orderListId: -1,
    clientOrderId: order.clientOrderId,
    transactTime: order.updateTime,
  };
  if (type === 'ACK') return ack;
  return {
    ...ack,
    ...amounts(order),
    status: order.status,
    timeInForce: order.timeInForce,
    type: order.type,
    side: order.side,
    ...(order.stopPrice === 0n ? {} : { stopPrice: format(order.stopPrice) }),
    workingTime: order.workingTime,
    ...(type === 'FULL' ? { fills: trades.map(fillBody) } : {}),
    selfTradePreventionMode: 'NONE',
    ...expiry(order),
  };
}

/** An order as queries show it. */
export function orderBody(order: Order): object {
  return {
    symbol: order.symbol,
    orderId: order.orderId,
    orderListId: -1,
    clientOrderId: order.clientOrderId,
    price: format(order.price),
    origQty: format(order.origQty),
    executedQty: format(order.executedQty),
    cummulativeQuoteQty: format(order.quoteFilled),
    status: order.status,
    timeInForce: order.timeInForce,
    type: order.type,
    side: order.side,
    stopPrice: format(order.stopPrice),
    icebergQty: format(0n),
    time: order.time,
    updateTime: order.updateTime,
    isWorking: order.isWorking,
    workingTime: order.workingTime,
    origQuoteOrderQty: format(order.quoteOrderQty),
    selfTradePreventionMode: 'NONE',
    ...expiry(order),
  };
}

/** @param previousId the client order id the order had before it was cancelled */
export function cancelledBody(order: Order, previousId: string, cancelId: string): object {
  return {
    symbol: order.symbol,
    origClientOrderId: previousId,
    orderId: order.orderId,
    orderListId: -1,
    clientOrderId: cancelId,
    transactTime: order.updateTime,
    ...amounts(order),
    status: order.status,
    timeInForce: order.timeInForce,
    type: order.type,
    side: order.side,
    selfTradePreventionMode: 'NONE',
  };
}

function amounts(order: Order): object {
  return {
    price: format(order.price),
    origQty: format(order.origQty),
    executedQty: format(order.executedQty),
    origQuoteOrderQty: format(order.quoteOrderQty),
    cummulativeQuoteQty: format(order.quoteFilled),
  };
}

function fillBody({ price, qty, commission, commissionAsset, id }: TradeRecord): object {
  return { price, qty, commission, commissionAsset, tradeId: id };
}

function expiry({ status, expiryReason }: Order): object {
  return status === 'EXPIRED' && expiryReason !== null ? { expiryReason } : {};
}
