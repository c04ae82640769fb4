import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

import type { DecimalText } from '../../domain/decimal.js';
import type { Fees } from '../../domain/ledger.js';
import type { TradingMode } from '../../domain/order.js';

/** The round trip, derived from fills: from the first purchase to the sale that leaves nothing that could be sold. */
@Entity('trades')
@Index('trades_one_open', ['botId', 'mode', 'exchange', 'symbol'], { unique: true, where: 'closed_at IS NULL' })
@Index('trades_by_symbol', ['symbol', 'openedAt'])
@Index('trades_by_time', ['openedAt'])
export class TradeEntity {
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

  /** The strategy that opened it. */
  @Column({ type: 'text' })
  strategy: string;

  @Column({ type: 'integer' })
  openedAt: number;

  /** null while coins are held. */
  @Column({ type: 'integer', nullable: true })
  closedAt: number | null;

  @Column({ type: 'text' })
  bought: DecimalText;

  @Column({ type: 'text' })
  sold: DecimalText;

  @Column({ type: 'text' })
  entryValue: DecimalText;

  @Column({ type: 'text' })
  exitValue: DecimalText;

  @Column({ type: 'simple-json' })
  fees: Fees;

  @Column({ type: 'text' })
  pnl: DecimalText;

  /** Reason of the order that closed it, or sold last. */
  @Column({ type: 'text', nullable: true })
  exitReason: string | null;

  @Column({ type: 'integer' })
  firstFillId: number;

  @Column({ type: 'integer' })
  lastFillId: number;
}
