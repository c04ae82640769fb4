import type { Finding } from '../domain/finding.js';
import { UNMOVED_STATES } from '../domain/order.js';
import type { TradingClient } from '../exchange/trading-client.js';
import type { OrderRepository } from '../persistence/repositories/order-repository.js';
import { CLIENT_ORDER_ID_PREFIX } from './client-order-id.js';
import type { TradingBook } from './trading-book.js';

/**
 * Open orders that bear our name and that the ledger does not know, or knows as never placed. They are told of and left alone. What the
 * list says of orders that the ledger does know counts for nothing: it trails behind.
 */
export async function strangeOrders(client: TradingClient, orders: OrderRepository, { symbol, exchange, mode }: TradingBook): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const { clientOrderId, exchangeOrderId, side, quantity } of await client.openOrders(symbol)) {
    if (!clientOrderId.startsWith(CLIENT_ORDER_ID_PREFIX)) continue;
    const order = await orders.byClientOrderId({ exchange, mode, clientOrderId });
    const why = order === null ? 'is not in this ledger' : UNMOVED_STATES.includes(order.state) ? `is ${order.state} in this ledger` : null;
    if (why === null) continue;
    findings.push({
      code: 'RECONCILE.UNKNOWN_ORDER',
      message: `Order ${exchangeOrderId} (${clientOrderId}, ${side} ${quantity} ${symbol}) rests on the exchange in our name, and ${why}: a backup was restored, or another bot trades here under the same name. Cancel it by hand`,
      stops: 'halt',
    });
  }
  return findings;
}
