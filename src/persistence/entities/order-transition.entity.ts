import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryGeneratedColumn, type Relation } from 'typeorm';

import type { OrderState } from '../../domain/order.js';
import { OrderEntity } from './order.entity.js';

/** Every change of an order's state. Triggers write them, so none can be forgotten. */
@Entity('order_transitions')
@Index('order_transitions_by_order', ['orderId'])
export class OrderTransitionEntity {
  @PrimaryGeneratedColumn('increment', { type: 'integer' })
  id: number;

  @Column({ type: 'text' })
  orderId: string;

  @ManyToOne(() => OrderEntity)
  @JoinColumn({ name: 'order_id', foreignKeyConstraintName: 'order_transitions_order' })
  order?: Relation<OrderEntity>;

  /** null for the first. */
  @Column({ type: 'text', nullable: true })
  fromState: OrderState | null;

  @Column({ type: 'text' })
  toState: OrderState;

  @Column({ type: 'integer' })
  at: number;

  @Column({ type: 'text', nullable: true })
  reason: string | null;
}
