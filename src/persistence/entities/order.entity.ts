import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, Unique, type Relation } from 'typeorm';

import type { DecimalText } from '../../domain/decimal.js';
import type { OrderPurpose, OrderState, OrderType, Side, TradingMode } from '../../domain/order.js';
import { SignalEntity } from './signal.entity.js';

/**
 * An intent, and what became of it. The row is committed before the order is sent; of the orders for one signal only one can have
 * moved money, which an index enforces.
 */
@Entity('orders')
@Unique('orders_attempt', ['signalKey', 'attempt'])
@Unique('orders_client_id', ['exchange', 'mode', 'clientOrderId'])
@Index('orders_one_per_signal', ['signalKey'], { unique: true, where: "state NOT IN ('REFUSED', 'NOT_SENT', 'ABSENT')" })
@Index('orders_exchange_id', ['exchange', 'mode', 'symbol', 'exchangeOrderId'], { unique: true, where: 'exchange_order_id IS NOT NULL' })
@Index('orders_not_done', ['botId', 'mode', 'state'], { where: "state IN ('PLANNED', 'SENDING', 'UNKNOWN', 'OPEN', 'PARTIAL')" })
@Index('orders_by_symbol', ['symbol', 'plannedAt'])
@Index('orders_by_time', ['plannedAt'])
export class OrderEntity {
  /** UUID. */
  @PrimaryColumn({ type: 'text' })
  id: string;

  @Column({ type: 'text' })
  botId: string;

  @Column({ type: 'text' })
  mode: TradingMode;

  @Column({ type: 'text' })
  exchange: string;

  @Column({ type: 'text' })
  symbol: string;

  @Column({ type: 'text' })
  strategy: string;

  /** null for orders that no bar asked for, e.g. a protective stop. */
  @Column({ type: 'integer', nullable: true })
  signalId: number | null;

  @ManyToOne(() => SignalEntity)
  @JoinColumn({ name: 'signal_id', foreignKeyConstraintName: 'orders_signal' })
  signal?: Relation<SignalEntity>;

  /** `signalKeyText` of the bar and action it answers. */
  @Column({ type: 'text' })
  signalKey: string;

  /** 1, and more for an exit that turned out never to have arrived. */
  @Column({ type: 'integer' })
  attempt: number;

  @Column({ type: 'text' })
  clientOrderId: string;

  @Column({ type: 'text', nullable: true })
  exchangeOrderId: string | null;

  @Column({ type: 'text' })
  side: Side;

  @Column({ type: 'text' })
  type: OrderType;

  @Column({ type: 'text', nullable: true })
  timeInForce: string | null;

  @Column({ type: 'text' })
  purpose: OrderPurpose;

  /** Why it was placed: `signal`, `stop_loss`; the exit reason of the round trip that it ends. */
  @Column({ type: 'text' })
  reason: string;

  @Column({ type: 'text' })
  quantity: DecimalText;

  @Column({ type: 'text', nullable: true })
  limitPrice: DecimalText | null;

  @Column({ type: 'text', nullable: true })
  stopPrice: DecimalText | null;

  /** Price that the quantity was computed from. */
  @Column({ type: 'text' })
  referencePrice: DecimalText;

  @Column({ type: 'text' })
  baseAsset: string;

  @Column({ type: 'text' })
  quoteAsset: string;

  /** Step of the quantity filter; 0 where any quantity can be traded. */
  @Column({ type: 'text' })
  lotStep: DecimalText;

  /** All of the exchange's filters that the order was made to fit. */
  @Column({ type: 'simple-json' })
  filters: Readonly<Record<string, unknown>>;

  /** Free and locked amounts by asset when it was planned: evidence when its outcome is unknown. */
  @Column({ type: 'simple-json' })
  balancesBefore: Readonly<Record<string, unknown>>;

  /** Newest trade of the account on this market when it was planned. */
  @Column({ type: 'text', nullable: true })
  lastTradeIdBefore: string | null;

  @Column({ type: 'text' })
  state: OrderState;

  /** UTC ms of the last change of state; every one is in `order_transitions`. */
  @Column({ type: 'integer' })
  stateAt: number;

  /** Why it is in this state, where that needs a word: an error code, `quarantine over`. */
  @Column({ type: 'text', nullable: true })
  stateReason: string | null;

  /** Coins and quote currency of all its fills. */
  @Column({ type: 'text' })
  executedQuantity: DecimalText;

  @Column({ type: 'text' })
  executedQuote: DecimalText;

  /** Token of the lease under which it was planned; 0 in a ledger without an instance lock. */
  @Column({ type: 'integer' })
  fencingToken: number;

  @Column({ type: 'integer' })
  plannedAt: number;

  @Column({ type: 'integer', nullable: true })
  sentAt: number | null;
}
