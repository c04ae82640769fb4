import { Column, Entity, PrimaryColumn } from 'typeorm';

import type { DecimalText } from '../../domain/decimal.js';
import type { Fees } from '../../domain/ledger.js';
import type { TradingMode } from '../../domain/order.js';

/**
 * The fold over all own fills of one market, kept up to date in the transaction that books a fill, so that asking for it costs the
 * same after a million fills. `db check` folds again and compares.
 */
@Entity('positions')
export class PositionEntity {
  @PrimaryColumn({ type: 'text' })
  botId: string;

  @PrimaryColumn({ type: 'text' })
  mode: TradingMode;

  @PrimaryColumn({ type: 'text' })
  exchange: string;

  @PrimaryColumn({ type: 'text' })
  symbol: string;

  @Column({ type: 'text' })
  baseAsset: string;

  @Column({ type: 'text' })
  quoteAsset: string;

  @Column({ type: 'text' })
  lotStep: DecimalText;

  @Column({ type: 'text' })
  quantity: DecimalText;

  @Column({ type: 'text' })
  cost: DecimalText;

  @Column({ type: 'text' })
  realised: DecimalText;

  @Column({ type: 'simple-json' })
  fees: Fees;

  @Column({ type: 'integer' })
  fillCount: number;

  /** The newest fill folded in. */
  @Column({ type: 'integer' })
  lastFillId: number;

  @Column({ type: 'text' })
  lastPrice: DecimalText;
}
