import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryGeneratedColumn, type Relation } from 'typeorm';

import type { DecimalText } from '../../domain/decimal.js';
import type { TradingMode } from '../../domain/order.js';
import { FillEntity } from './fill.entity.js';

/**
 * Coins that left a position without an order of ours, accepted by a person. They leave at cost: nothing is realised. Never changed,
 * never deleted, and folded right after the fill that was the newest of the market then.
 */
@Entity('adjustments')
@Index('adjustments_by_symbol', ['symbol', 'at'])
export class AdjustmentEntity {
  @PrimaryGeneratedColumn('increment', { type: 'integer' })
  id: number;

  @Column({ type: 'text' })
  botId: string;

  @Column({ type: 'text' })
  mode: TradingMode;

  @Column({ type: 'text' })
  exchange: string;

  @Column({ type: 'text' })
  symbol: string;

  @Column({ type: 'integer' })
  afterFillId: number;

  @ManyToOne(() => FillEntity)
  @JoinColumn({ name: 'after_fill_id', foreignKeyConstraintName: 'adjustments_fill' })
  fill?: Relation<FillEntity>;

  /** Change of the coins held; below zero. */
  @Column({ type: 'text' })
  quantity: DecimalText;

  /** Change of their cost, quote currency; zero or below. */
  @Column({ type: 'text' })
  cost: DecimalText;

  /** In a word: `by_hand`. */
  @Column({ type: 'text' })
  reason: string;

  /** UTC ms. */
  @Column({ type: 'integer' })
  at: number;

  /** What was seen when it was accepted. */
  @Column({ type: 'simple-json' })
  details: Readonly<Record<string, unknown>>;
}
