import { compare, isDecimal, sum, ZERO } from '../domain/decimal.js';
import type { WireReport, WireTrade } from '../exchange/trading-client.js';
import type { NewFill } from '../persistence/booking/book-fills.js';
import type { ExecutionReport, SentOrder } from './executor.js';

export type Reading =
  | { readonly kind: 'complete'; readonly report: ExecutionReport }
  /** The executions do not add up to what was executed: there are more to come, or the order has moved on. */
  | { readonly kind: 'incomplete'; readonly message: string }
  /** Both cannot be true of one order, whenever they were told. */
  | { readonly kind: 'doubtful'; readonly message: string; readonly alarm: true };

/**
 * Why an answer cannot be about the order that was asked for; null when it can.
 *
 * @param order where its exchange id is known the client id counts for nothing: a cancel may have changed it
 */
export function contradictionOf(report: WireReport, order: SentOrder): string | null {
  const differences = [
    difference('market', order.symbol, report.symbol),
    difference('side', order.side, report.side),
    order.exchangeOrderId === null ? difference('client id', order.clientOrderId, report.clientOrderId) : difference('exchange id', order.exchangeOrderId, report.exchangeOrderId),
    compare(report.quantity, order.quantity) === 0 ? null : difference('quantity', order.quantity, report.quantity),
    compare(report.executedQuantity, report.quantity) > 0 ? `more was executed (${report.executedQuantity}) than asked for (${report.quantity})` : null,
  ].filter((text) => text !== null);
  return differences.length === 0 ? null : `The exchange answered about another order than ${order.clientOrderId}: ${differences.join(', ')}`;
}

/** What an order and its executions say together. */
export function reportOf(report: WireReport, trades: readonly WireTrade[], order: SentOrder): Reading {
  const stranger = trades.find((trade) => !belongs(trade, report));
  if (stranger !== undefined) return { kind: 'doubtful', message: `Trade ${stranger.tradeId} cannot be one of order ${order.clientOrderId}: ${stranger.side} ${stranger.quantity} at ${stranger.price} of order ${stranger.exchangeOrderId}`, alarm: true };
  const unique = [...new Map(trades.map((trade) => [trade.tradeId, trade])).values()];
  const executed = sum(unique.map(({ quantity }) => quantity));
  if (compare(executed, report.executedQuantity) !== 0) return { kind: 'incomplete', message: `${report.executedQuantity} was executed, and its trades add up to ${executed}` };
  const isWhole = compare(executed, order.quantity) === 0;
  if (report.state === 'FILLED' && !isWhole) return { kind: 'doubtful', message: `Order ${order.clientOrderId} is said to be filled with ${executed} of ${order.quantity}`, alarm: true };
  const reason = report.reason ?? (report.state === 'EXPIRED' ? 'ended by the exchange' : null);
  return { kind: 'complete', report: { state: stateOf(report, executed), exchangeOrderId: report.exchangeOrderId, fills: unique.map(fillOf), reason } };
}

/** By what was executed, not by the word: a report may say either of an order that is partly filled. */
function stateOf({ state }: WireReport, executed: string): ExecutionReport['state'] {
  if (state !== 'OPEN' && state !== 'PARTIAL') return state;
  return executed === ZERO ? 'OPEN' : 'PARTIAL';
}

function belongs({ exchangeOrderId, side, price, quantity, commission }: WireTrade, report: WireReport): boolean {
  return exchangeOrderId === report.exchangeOrderId && side === report.side && isPositive(price) && isPositive(quantity) && isDecimal(commission) && compare(commission, ZERO) >= 0;
}

function isPositive(amount: string): boolean {
  return isDecimal(amount) && compare(amount, ZERO) > 0;
}

function fillOf({ tradeId, price, quantity, commission, commissionAsset, executedAt }: WireTrade): NewFill {
  return { tradeId, price, quantity, commission, commissionAsset, executedAt };
}

function difference(what: string, asked: string, told: string): string | null {
  return asked === told ? null : `${what} ${told} instead of ${asked}`;
}
