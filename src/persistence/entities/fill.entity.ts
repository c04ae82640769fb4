import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryGeneratedColumn, Unique, type Relation } from 'typeorm';

import type { DecimalText } from '../../domain/decimal.js';
import type { Side, TradingMode } from '../../domain/order.js';
import { OrderEntity } from './order.entity.js';

/** `own` belongs to one of our orders; `external` happened on the account without one, and counts in no position. */
export type FillOrigin = 'own' | 'external';

/** One execution, exactly once: the exchange's trade id is the key. Never changed, never deleted. */
@Entity('fills')
@Unique('fills_trade', ['exchange', 'mode', 'symbol', 'tradeId'])
@Index('fills_by_order', ['orderId'])
@Index('fills_by_symbol', ['symbol', 'executedAt'])
@Index('fills_by_time', ['executedAt'])
export class FillEntity {
  @PrimaryGeneratedColumn('increment', { type: 'integer' })
  id: number;

  @Column({ type: 'text', nullable: true })
  orderId: string | null;

  @ManyToOne(() => OrderEntity)
  @JoinColumn({ name: 'order_id', foreignKeyConstraintName: 'fills_order' })
  order?: Relation<OrderEntity>;

  @Column({ type: 'text' })
  origin: FillOrigin;

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

  @Column({ type: 'text' })
  tradeId: string;

  @Column({ type: 'text' })
  side: Side;

  @Column({ type: 'text' })
  price: DecimalText;

  @Column({ type: 'text' })
  quantity: DecimalText;

  @Column({ type: 'text' })
  commission: DecimalText;

  @Column({ type: 'text' })
  commissionAsset: string;

  @Column({ type: 'integer' })
  executedAt: number;

  @Column({ type: 'integer' })
  bookedAt: number;
}
