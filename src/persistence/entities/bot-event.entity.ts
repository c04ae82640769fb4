import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

import type { TradingMode } from '../../domain/order.js';

/** The database takes any lower-case word; these are the ones in use. */
export const BOT_EVENT_KINDS = [
  'start',
  'stop',
  'halt',
  'resume',
  'reconciled',
  'mismatch',
  'external_fill',
  'error',
  'alarm', // stands against trading until a `resume` after it
  'wait', // the exchange wants to be left alone, until `details.until`
  'adjusted',
  'tick',
] as const;
export type BotEventKind = (typeof BOT_EVENT_KINDS)[number];

/** What happened to the bot itself. */
@Entity('bot_events')
@Index('bot_events_by_time', ['at'])
@Index('bot_events_by_kind', ['botId', 'mode', 'kind'])
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
