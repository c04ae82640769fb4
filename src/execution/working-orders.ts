import { compare } from '../domain/decimal.js';
import type { Finding } from '../domain/finding.js';
import { FINAL_STATES, WORKING_STATES } from '../domain/order.js';
import type { BookTop } from '../exchange/trading-client.js';
import type { OrderEntity } from '../persistence/entities/order.entity.js';
import type { OrderRepository } from '../persistence/repositories/order-repository.js';
import type { ExecutionReport, Executor, LookUp } from './executor.js';
import { reasonText } from './recording-executor.js';
import type { Settled } from './settle-orders.js';

/**
 * Looks after orders that rest on the exchange. Each is asked for by its exchange id: lists of open orders trail behind, and a cancel
 * changes client ids. Whatever was filled is booked, however the order ended.
 */
export class WorkingOrders {
  constructor(
    private readonly executor: Executor,
    private readonly orders: OrderRepository,
    /** Time after which a limit order that still rests is cancelled, ms. Stops rest for as long as they are wanted. */
    private readonly timeoutMs: number,
  ) {}

  /**
   * Brings the ledger up to what the exchange knows of the order.
   *
   * @param serverTime UTC ms
   */
  async follow(order: OrderEntity, serverTime: number): Promise<Settled> {
    if (!WORKING_STATES.includes(order.state)) return { order, finding: null };
    const answer = await this.executor.lookUp(order);
    if (answer.kind !== 'found') return { order, finding: unseen(order, answer) };
    const seen = await this.book(order, answer.report, serverTime);
    const isLate = seen.type === 'limit' && serverTime - seen.plannedAt >= this.timeoutMs;
    return FINAL_STATES.includes(seen.state) || !isLate ? { order: seen, finding: null } : this.withdraw(seen, serverTime);
  }

  /**
   * Cancels the order. Without a finding it is done for certain, and what it had executed by then is booked: what is left of the position
   * may be sold. With one it may still be executed, and nothing may be sent in its place.
   */
  async withdraw(order: OrderEntity, serverTime: number): Promise<Settled> {
    if (!WORKING_STATES.includes(order.state)) return { order, finding: null };
    const answer = await this.executor.cancel(order);
    if (answer.kind !== 'found') return { order, finding: unconfirmed(order, answer) };
    const seen = await this.book(order, answer.report, serverTime);
    return { order: seen, finding: FINAL_STATES.includes(seen.state) ? null : unconfirmed(seen, { kind: 'unavailable', message: 'it is still open' }) };
  }

  private async book(order: OrderEntity, { state, exchangeOrderId, fills, reason }: ExecutionReport, at: number): Promise<OrderEntity> {
    // A view that trails behind may tell of the time before the first execution.
    const to = state === 'OPEN' && order.state === 'PARTIAL' ? 'PARTIAL' : state;
    return this.orders.move(order.id, { to, at, exchangeOrderId, fills, ...(reason === null ? {} : { reason: reasonText(reason) }) });
  }
}

/** A stop-limit order whose limit the market has left behind: it has become an order that nobody fills, and protects no longer. */
export function isJumped({ type, side, limitPrice, stopPrice }: Pick<OrderEntity, 'type' | 'side' | 'limitPrice' | 'stopPrice'>, { bid, ask }: Pick<BookTop, 'bid' | 'ask'>): boolean {
  if (type !== 'stop_loss_limit' || limitPrice === null || stopPrice === null) return false;
  if (side === 'sell') return compare(bid, stopPrice) <= 0 && compare(bid, limitPrice) < 0;
  return compare(ask, stopPrice) >= 0 && compare(ask, limitPrice) > 0;
}

type Unseen = Exclude<LookUp, { kind: 'found' }>;

function wordsOf(answer: Unseen): string {
  return answer.kind === 'not_found' ? 'the exchange does not know it' : answer.message;
}

function unseen({ clientOrderId, exchangeOrderId }: OrderEntity, answer: Unseen): Finding {
  const message = `Order ${clientOrderId} (${exchangeOrderId}) rested on the exchange when it was last seen, and cannot be seen now: ${wordsOf(answer)}`;
  return { code: answer.kind === 'not_found' ? 'ORDER.MISSING' : 'ORDER.UNSEEN', message, stops: 'no_entries' };
}

function unconfirmed({ clientOrderId, exchangeOrderId }: OrderEntity, answer: Unseen): Finding {
  return { code: 'ORDER.CANCEL_UNCONFIRMED', message: `Order ${clientOrderId} (${exchangeOrderId}) was to be cancelled, and may still be executed: ${wordsOf(answer)}`, stops: 'no_orders' };
}
