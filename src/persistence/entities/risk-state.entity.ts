import { Column, Entity, PrimaryColumn } from 'typeorm';

import type { TradingMode } from '../../domain/order.js';

export type RiskLevel = 'ACTIVE' | 'REDUCING' | 'HALTED';

/** Where the risk gate stands. It survives restarts: a limit that a restart forgets is none. */
@Entity('risk_states')
export class RiskStateEntity {
  @PrimaryColumn({ type: 'text' })
  botId: string;

  @PrimaryColumn({ type: 'text' })
  mode: TradingMode;

  @Column({ type: 'text' })
  level: RiskLevel;

  @Column({ type: 'text' })
  reason: string;

  /** Counters of the gate, e.g. consecutive errors; amounts in them are decimal texts. */
  @Column({ type: 'simple-json' })
  counters: Readonly<Record<string, number | string>>;

  @Column({ type: 'integer' })
  updatedAt: number;
}
