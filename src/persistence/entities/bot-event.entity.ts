import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

import type { TradingMode } from '../../domain/order.js';

export const BOT_EVENT_KINDS = ['start', 'stop', 'halt', 'resume', 'reconciled', 'mismatch', 'external_fill', 'error'] as const;
export type BotEventKind = (typeof BOT_EVENT_KINDS)[number];

/** What happened to the bot itself. */
@Entity('bot_events')
@Index('bot_events_by_time', ['at'])
export class BotEventEntity {
  @PrimaryGeneratedColumn('increment', { type: 'integer' })
  id: number;

  @Column({ type: 'text' })
  botId: string;

  @Column({ type: 'text' })
  mode: TradingMode;

  @Column({ type: 'text' })
  kind: BotEventKind;

  @Column({ type: 'integer' })
  at: number;

  /** Hash of the settings it ran with. */
  @Column({ type: 'text', nullable: true })
  configHash: string | null;

  @Column({ type: 'simple-json' })
  details: Readonly<Record<string, unknown>>;
}
