import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

import type { DecimalText } from '../../domain/decimal.js';
import type { Fees } from '../../domain/ledger.js';
import type { TradingMode } from '../../domain/order.js';

/** What the fills of one UTC day realised, by strategy: derived, and summed to months and totals. */
@Entity('daily_pnls')
@Index('daily_pnls_by_day', ['day'])
export class DailyPnlEntity {
  @PrimaryColumn({ type: 'text' })
  botId: string;

  @PrimaryColumn({ type: 'text' })
  mode: TradingMode;

  @PrimaryColumn({ type: 'text' })
  exchange: string;

  @PrimaryColumn({ type: 'text' })
  symbol: string;

  @PrimaryColumn({ type: 'text' })
  strategy: string;

  /** UTC ms of midnight. */
  @PrimaryColumn({ type: 'integer' })
  day: number;

  @Column({ type: 'text' })
  quoteAsset: string;

  @Column({ type: 'text' })
  realised: DecimalText;

  @Column({ type: 'simple-json' })
  fees: Fees;

  @Column({ type: 'integer' })
  fillCount: number;
}
