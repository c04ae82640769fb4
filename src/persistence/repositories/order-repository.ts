import { createHash } from 'node:crypto';

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

/** Written out as the index of these orders is: only then is it used, and the answer costs the same after a million orders that are done. */
const NOT_DONE = `row.botId = :botId AND row.mode = :mode AND row.state IN ('PLANNED', 'SENDING', 'UNKNOWN', 'OPEN', 'PARTIAL') ORDER BY row.plannedAt, row.id`;
const LAST_ENTRY = `row.botId = :botId AND row.mode = :mode AND row.symbol = :symbol AND row.side = 'buy' AND row.state IN ('PARTIAL', 'FILLED', 'CANCELED', 'EXPIRED') ORDER BY row.plannedAt DESC, row.id DESC LIMIT 1`;

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

  /** What may still be executed, whether anybody knows of it or not; oldest first. */
  async notDone(book: Book): Promise<OrderEntity[]> {
    return this.inStates(book, [...UNRESOLVED_STATES, ...WORKING_STATES]);
  }

  /** On the exchange and not done; oldest first. */
  async working(book: Book): Promise<OrderEntity[]> {
    return this.inStates(book, WORKING_STATES);
  }

  async byId(id: string): Promise<OrderEntity | null> {
    return this.ledger.read((view) => orderById(view, id));
  }

  async byClientOrderId(key: Pick<OrderEntity, 'exchange' | 'mode' | 'clientOrderId'>): Promise<OrderEntity | null> {
    const [row] = await this.ledger.read((view) => view.select(OrderEntity, 'row.exchange = :exchange AND row.mode = :mode AND row.clientOrderId = :clientOrderId', key));
    return row ?? null;
  }

  /** The newest purchase on a symbol that was carried out, or may have been in part. */
  async lastEntry({ botId, mode, symbol }: Pick<OrderEntity, 'botId' | 'mode' | 'symbol'>): Promise<OrderEntity | null> {
    const [row] = await this.ledger.read((view) => view.select(OrderEntity, LAST_ENTRY, { botId, mode, symbol }));
    return row ?? null;
  }

  /** All attempts to act on one signal, in order. */
  async ofSignal(signalKey: string): Promise<OrderEntity[]> {
    return this.ledger.read((view) => view.select(OrderEntity, 'row.signalKey = :signalKey ORDER BY row.attempt', { signalKey }));
  }

  async transitions(orderId: string): Promise<OrderTransitionEntity[]> {
    return this.ledger.read((view) => view.select(OrderTransitionEntity, 'row.orderId = :orderId ORDER BY row.id', { orderId }));
  }

  private async inStates(book: Book, states: readonly OrderState[]): Promise<OrderEntity[]> {
    const rows = await this.ledger.read((view) => view.select(OrderEntity, NOT_DONE, book));
    return rows.filter(({ state }) => states.includes(state));
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
    return this.database.write((transaction) => insertPlanned(transaction, order, nowMs));
  }

  /**
   * Commits an intent and that it is being sent, in one transaction: what `plan` and a move to SENDING are in two. The order may leave
   * once this resolves, and not before.
   *
   * @throws what `plan` throws
   */
  async planAndSend(order: NewOrder, nowMs: number): Promise<OrderEntity> {
    return this.database.write(async (transaction) => {
      const planned = await insertPlanned(transaction, order, nowMs);
      await transaction.change(`UPDATE orders SET state = 'SENDING', state_at = ?, sent_at = ? WHERE id = ?`, [nowMs, nowMs, planned.id]);
      return { ...planned, state: 'SENDING', stateAt: nowMs, sentAt: nowMs };
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

async function insertPlanned(transaction: LedgerTransaction, order: NewOrder, nowMs: number): Promise<OrderEntity> {
  const row: OrderEntity = {
    ...order,
    id: orderIdOf(order),
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
}

/** In the form of a UUID (version 8), from what makes an order unique: the same history makes the same ledger. */
function orderIdOf({ exchange, mode, clientOrderId }: NewOrder): string {
  const hash = createHash('sha256').update(JSON.stringify([exchange, mode, clientOrderId])).digest('hex');
  return [hash.slice(0, 8), hash.slice(8, 12), `8${hash.slice(13, 16)}`, `a${hash.slice(17, 20)}`, hash.slice(20, 32)].join('-');
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
  const [row] = await view.select(OrderEntity, 'row.id = :id', { id });
  return row ?? null;
}

async function existing(view: LedgerView, id: string): Promise<OrderEntity> {
  const order = await orderById(view, id);
  if (order === null) throw new LedgerError('LEDGER.INVALID', `There is no order ${id}`);
  return order;
}
