import { isoTime } from '../../domain/instant.js';
import type { Reconciliation } from '../../execution/reconciliation.js';
import type { TradingBook } from '../../execution/trading-book.js';
import type { OrderEntity } from '../../persistence/entities/order.entity.js';

const STOPS = { nothing: 'for your information', no_entries: 'nothing is bought', no_orders: 'nothing is sent', halt: 'halts until `resume`' } as const;

/** For people: what is held, what is there, and what stands against trading. */
export function reconciliationText({ botId, mode, exchange }: TradingBook, state: Reconciliation): string {
  const { rules, position, balances, sellable, serverTime, offsetMs, working, unresolved, changes, findings } = state;
  const { base, quote, symbol } = rules;
  const { free: freeBase, locked: lockedBase } = balances[base] ?? { free: '0', locked: '0' };
  const { free: freeQuote } = balances[quote] ?? { free: '0' };
  return [
    `${botId} ${mode} on ${exchange}, ${symbol}, at ${isoTime(serverTime)} (this clock is ${offsetText(offsetMs)})`,
    `  booked    ${changes === 0 ? 'nothing: the ledger was up to date' : `${changes} ${changes === 1 ? 'change' : 'changes'}`}`,
    `  position  ${position.quantity} ${base} (${position.holding}), cost ${position.cost} ${quote}; ${sellable} can be sold`,
    `  account   ${freeBase} ${base} free, ${lockedBase} locked; ${freeQuote} ${quote} free`,
    ...working.map((order) => `  rests     ${orderText(order)}`),
    ...unresolved.map((order) => `  unknown   ${orderText(order)}: \`orders resolve\``),
    ...(findings.length === 0 ? ['Nothing stands against trading'] : findings.map(({ code, message, stops }) => `! ${code} (${STOPS[stops]}): ${message}`)),
  ].join('\n');
}

/** For programs; amounts are decimal texts. */
export function reconciliationJson({ botId, mode, exchange, symbol }: TradingBook, state: Reconciliation): object {
  const { rules, position, balances, sellable, serverTime, offsetMs, lastTradeId, working, unresolved, changes, findings } = state;
  const { quantity, cost, realised, fees, holding } = position;
  return {
    bot_id: botId,
    mode,
    exchange,
    symbol,
    server_time: isoTime(serverTime),
    offset_ms: offsetMs,
    market_status: rules.status,
    changes,
    position: { quantity, cost, realised, fees, holding },
    sellable,
    balances: Object.fromEntries([rules.base, rules.quote].map((asset) => [asset, balances[asset] ?? { free: '0', locked: '0' }])),
    last_trade_id: lastTradeId,
    working: working.map(orderJson),
    unresolved: unresolved.map(orderJson),
    findings,
  };
}

/** One line for each order that was unresolved: what it is now, and why. */
export function settledText(orders: readonly OrderEntity[]): string {
  if (orders.length === 0) return 'Nothing to resolve: the outcome of every order is known';
  return orders.map((order) => `${orderText(order)}${order.stateReason === null ? '' : `: ${order.stateReason}`}`).join('\n');
}

function orderText({ side, quantity, symbol, state, clientOrderId }: OrderEntity): string {
  return `${side} ${quantity} ${symbol}, ${state} (${clientOrderId})`;
}

export function orderJson({ clientOrderId, exchangeOrderId, side, quantity, executedQuantity, symbol, state, stateReason }: OrderEntity): object {
  return { client_order_id: clientOrderId, exchange_order_id: exchangeOrderId, symbol, side, quantity, executed_quantity: executedQuantity, state, state_reason: stateReason };
}

function offsetText(offsetMs: number): string {
  return offsetMs === 0 ? 'equal' : `${Math.abs(offsetMs)} ms ${offsetMs > 0 ? 'behind' : 'ahead'}`;
}
