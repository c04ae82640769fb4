import { randomUUID } from 'node:crypto';

import { toDecimal, ZERO } from '../../domain/decimal.js';
import { LedgerError } from '../../domain/errors.js';
import { nextState, UNMOVED_STATES, UNRESOLVED_STATES, WORKING_STATES, type OrderState, type TradingMode } from '../../domain/order.js';
import { bookFills, executedBy, unbooked, type NewFill } from '../booking/book-fills.js';
import { OrderTransitionEntity } from '../entities/order-transition.entity.js';
import { OrderEntity } from '../entities/order.entity.js';
import type { LedgerDatabase, ReadableLedger } from '../ledger-database.js';
import type { LedgerTransaction, LedgerView } from '../ledger-view.js';
import { narrow, paged, type LedgerFilter, type Page } from './page.js';

/** What is known before anything is sent; the rest of the row is bookkeeping. Amounts may be spelt in any way. */
export type NewOrder = Omit<OrderEntity, 'id' | 'exchangeOrderId' | 'state' | 'stateAt' | 'stateReason' | 'executedQuantity' | 'executedQuote' | 'fencingToken' | 'plannedAt' | 'sentAt' | 'signal'>;

/** A change of state, and the fills that came with it. */
export interface Transition {
  readonly to: OrderState;
  /** UTC ms. */
  readonly at: number;
  readonly reason?: string;
  readonly exchangeOrderId?: string;
  readonly fills?: readonly NewFill[];
}

export interface OrderFilter extends LedgerFilter {
  readonly states?: readonly OrderState[];
}

interface Book {
  readonly botId: string;
  readonly mode: TradingMode;
}

/** Questions about orders. */
export class OrderQueries {
  constructor(private readonly ledger: ReadableLedger) {}

  async list({ states, ...filter }: OrderFilter, page: Page): Promise<OrderEntity[]> {
    return this.ledger.read((view) =>
      view.find(OrderEntity, (query) => {
        narrow(query, filter, 'plannedAt');
        if (states !== undefined) query.andWhere('row.state IN (:...states)', { states });
        return paged(query, 'plannedAt', page);
      }),
    );
  }

  /** Nobody knows what became of these; oldest first. */
  async unresolved(book: Book): Promise<OrderEntity[]> {
    return this.inStates(book, UNRESOLVED_STATES);
  }

  /** On the exchange and not done; oldest first. */
  async working(book: Book): Promise<OrderEntity[]> {
    return this.inStates(book, WORKING_STATES);
  }

  async byId(id: string): Promise<OrderEntity | null> {
    return this.ledger.read((view) => orderById(view, id));
  }

  async byClientOrderId(key: Pick<OrderEntity, 'exchange' | 'mode' | 'clientOrderId'>): Promise<OrderEntity | null> {
    const [row] = await this.ledger.read((view) => view.find(OrderEntity, (query) => query.where('row.exchange = :exchange AND row.mode = :mode AND row.clientOrderId = :clientOrderId', key)));
    return row ?? null;
  }

  /** All attempts to act on one signal, in order. */
  async ofSignal(signalKey: string): Promise<OrderEntity[]> {
    return this.ledger.read((view) => view.find(OrderEntity, (query) => query.where('row.signalKey = :signalKey', { signalKey }).orderBy('row.attempt')));
  }

  async transitions(orderId: string): Promise<OrderTransitionEntity[]> {
    return this.ledger.read((view) => view.find(OrderTransitionEntity, (query) => query.where('row.orderId = :orderId', { orderId }).orderBy('row.id')));
  }

  private async inStates(book: Book, states: readonly OrderState[]): Promise<OrderEntity[]> {
    return this.ledger.read((view) =>
      view.find(OrderEntity, (query) => query.where('row.botId = :botId AND row.mode = :mode AND row.state IN (:...states)', { ...book, states }).orderBy('row.plannedAt').addOrderBy('row.id')),
    );
  }
}

/** Orders from intent to end. Each method is one durable transaction. */
export class OrderRepository extends OrderQueries {
  constructor(private readonly database: LedgerDatabase) {
    super(database);
  }

  /**
   * Commits an intent. Nothing may be sent before this resolves.
   *
   * @throws LedgerError LEDGER.DUPLICATE when the signal has an order that moved money or may have: there is nothing to send
   * @throws InstanceLocked LOCK.LOST when another process has the lease
   */
  async plan(order: NewOrder, nowMs: number): Promise<OrderEntity> {
    return this.database.write(async (transaction) => {
      const row: OrderEntity = {
        ...order,
        id: randomUUID(),
        quantity: toDecimal(order.quantity),
        limitPrice: order.limitPrice === null ? null : toDecimal(order.limitPrice),
        stopPrice: order.stopPrice === null ? null : toDecimal(order.stopPrice),
        referencePrice: toDecimal(order.referencePrice),
        lotStep: toDecimal(order.lotStep),
        exchangeOrderId: null,
        state: 'PLANNED',
        stateAt: nowMs,
        stateReason: null,
        executedQuantity: ZERO,
        executedQuote: ZERO,
        fencingToken: transaction.fencingToken,
        plannedAt: nowMs,
        sentAt: null,
      };
      await transaction.insert(OrderEntity, row);
      return row;
    });
  }

  /**
   * Moves an order and books the fills that came with the news, in one transaction. Fills that are booked already change nothing, so
   * the same news may come twice: a move to the state that the order has is no move.
   *
   * @throws LedgerError LEDGER.STATE when the order cannot move there; LEDGER.CONFLICT when a fill contradicts one that is booked
   */
  async move(orderId: string, transition: Transition): Promise<OrderEntity> {
    return this.database.write((transaction) => moveOrder(transaction, orderId, transition));
  }

  /** Books fills that came later than the news of the order's state, or between two. */
  async addFills(orderId: string, fills: readonly NewFill[], nowMs: number): Promise<OrderEntity> {
    return this.database.write(async (transaction) => {
      const order = await existing(transaction, orderId);
      return moveOrder(transaction, orderId, { to: order.state, at: nowMs, fills });
    });
  }
}

async function moveOrder(transaction: LedgerTransaction, orderId: string, { to, at, reason, exchangeOrderId, fills = [] }: Transition): Promise<OrderEntity> {
  const order = await existing(transaction, orderId);
  const moves = to !== order.state;
  if (moves) nextState(order.state, to);
  const fresh = await unbooked(transaction, order, fills, at);
  if (fresh.length > 0 && UNMOVED_STATES.includes(to)) {
    throw new LedgerError('LEDGER.STATE', `An order with fills cannot be ${to}: order ${order.clientOrderId} was executed`);
  }
  const { quantity, quote } = executedBy(fresh, { quantity: order.executedQuantity, quote: order.executedQuote });
  const moved: OrderEntity = {
    ...order,
    exchangeOrderId: exchangeOrderId ?? order.exchangeOrderId,
    executedQuantity: quantity,
    executedQuote: quote,
    ...(moves ? { state: to, stateAt: at, stateReason: reason ?? null, sentAt: to === 'SENDING' ? at : order.sentAt } : {}),
  };
  const changed = moves || fresh.length > 0 || moved.exchangeOrderId !== order.exchangeOrderId;
  if (!changed) return order;
  await transaction.change('UPDATE orders SET exchange_order_id = ?, executed_quantity = ?, executed_quote = ?, state = ?, state_at = ?, state_reason = ?, sent_at = ? WHERE id = ?', [
    moved.exchangeOrderId,
    moved.executedQuantity,
    moved.executedQuote,
    moved.state,
    moved.stateAt,
    moved.stateReason,
    moved.sentAt,
    orderId,
  ]);
  await bookFills(transaction, moved, fresh);
  return moved;
}

async function orderById(view: LedgerView, id: string): Promise<OrderEntity | null> {
  const [row] = await view.find(OrderEntity, (query) => query.where('row.id = :id', { id }));
  return row ?? null;
}

async function existing(view: LedgerView, id: string): Promise<OrderEntity> {
  const order = await orderById(view, id);
  if (order === null) throw new LedgerError('LEDGER.INVALID', `There is no order ${id}`);
  return order;
}
