import { Column, Entity, PrimaryColumn } from 'typeorm';

import type { DecimalText } from '../../domain/decimal.js';
import type { TradingMode } from '../../domain/order.js';

/** What the account was worth at the end of a UTC day, or at the last look on it. */
@Entity('daily_equities')
export class DailyEquityEntity {
  @PrimaryColumn({ type: 'text' })
  botId: string;

  @PrimaryColumn({ type: 'text' })
  mode: TradingMode;

  @PrimaryColumn({ type: 'text' })
  exchange: string;

  @PrimaryColumn({ type: 'text' })
  quoteAsset: string;

  /** UTC ms of midnight. */
  @PrimaryColumn({ type: 'integer' })
  day: number;

  @Column({ type: 'text' })
  cash: DecimalText;

  @Column({ type: 'text' })
  positionValue: DecimalText;

  @Column({ type: 'text' })
  equity: DecimalText;

  @Column({ type: 'integer' })
  updatedAt: number;
}
