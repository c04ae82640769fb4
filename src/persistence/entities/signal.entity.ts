import { Column, Entity, Index, PrimaryGeneratedColumn, Unique } from 'typeorm';

import type { Decision } from '../../domain/decision.js';
import type { DecimalText } from '../../domain/decimal.js';
import type { TradingMode } from '../../domain/order.js';
import type { Signal } from '../../domain/signal.js';
import type { Timeframe } from '../../domain/timeframe.js';

/** The closed candle that a decision was made on, prices as decimal texts. */
export interface DecidedCandle {
  readonly open: DecimalText;
  readonly high: DecimalText;
  readonly low: DecimalText;
  readonly close: DecimalText;
  readonly volume: DecimalText;
}

/** What a strategy said about one bar, and what was decided: once per bar, whether anything was traded or not. */
@Entity('signals')
@Unique('signals_bar', ['botId', 'mode', 'strategy', 'symbol', 'timeframe', 'candleOpenTime'])
@Index('signals_by_symbol', ['symbol', 'candleOpenTime'])
@Index('signals_by_time', ['candleOpenTime'])
export class SignalEntity {
  @PrimaryGeneratedColumn('increment', { type: 'integer' })
  id: number;

  @Column({ type: 'text' })
  botId: string;

  @Column({ type: 'text' })
  mode: TradingMode;

  @Column({ type: 'text' })
  strategy: string;

  @Column({ type: 'text' })
  symbol: string;

  @Column({ type: 'text' })
  timeframe: Timeframe;

  /** UTC ms of the bar's open. */
  @Column({ type: 'integer' })
  candleOpenTime: number;

  @Column({ type: 'integer' })
  value: Signal;

  @Column({ type: 'text' })
  decision: Decision;

  /** Why, in one code: `SIGNAL.BUY`, `RISK.MAX_POSITION`. */
  @Column({ type: 'text' })
  reason: string;

  /** The last row of every indicator; null where it was warming up. */
  @Column({ type: 'simple-json' })
  indicators: Readonly<Record<string, number | null>>;

  @Column({ type: 'simple-json' })
  candle: DecidedCandle;

  /** Hash of all the candles that the strategy saw. */
  @Column({ type: 'text' })
  candleHash: string;

  /** UTC ms, server time. */
  @Column({ type: 'integer' })
  decidedAt: number;
}
