import type { MigrationInterface, QueryRunner } from 'typeorm';

import { filled, instant, json, oneOf, signedAmount } from './column-checks.js';

const text = (column: string): string => `"${column}" text NOT NULL ${filled(column)}`;
const time = (column: string): string => `"${column}" integer NOT NULL ${instant(column)}`;
const MODE = `"mode" text NOT NULL ${oneOf('mode', ['paper', 'live'])}`;

const ADJUSTMENTS = [
  '"id" integer PRIMARY KEY AUTOINCREMENT NOT NULL',
  text('bot_id'),
  MODE,
  text('exchange'),
  text('symbol'),
  '"after_fill_id" integer NOT NULL',
  `"quantity" text NOT NULL ${signedAmount('quantity')} CHECK ("quantity" GLOB '-*')`,
  `"cost" text NOT NULL ${signedAmount('cost')} CHECK ("cost" = '0' OR "cost" GLOB '-*')`,
  text('reason'),
  time('at'),
  `"details" text NOT NULL ${json('details')}`,
  'CONSTRAINT "adjustments_fill" FOREIGN KEY ("after_fill_id") REFERENCES "fills" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION',
];

/** Kinds are words, and which there are is the program's affair: a new one needs no new table. */
const BOT_EVENTS = [
  '"id" integer PRIMARY KEY AUTOINCREMENT NOT NULL',
  text('bot_id'),
  MODE,
  `"kind" text NOT NULL CHECK (length("kind") BETWEEN 1 AND 64 AND "kind" GLOB '[a-z]*' AND "kind" NOT GLOB '*[^a-z_]*')`,
  time('at'),
  '"config_hash" text',
  `"details" text NOT NULL ${json('details')}`,
];

function forbid(name: string, event: string, table: string, when: string, message: string): string {
  return `CREATE TRIGGER "${name}" BEFORE ${event} ON "${table}" WHEN ${when} BEGIN SELECT RAISE(ABORT, '${message}'); END`;
}

function kept(table: string): string[] {
  return [forbid(`${table}_stay`, 'UPDATE', table, '1', `LEDGER.STATE: ${table} are never changed`), forbid(`${table}_remain`, 'DELETE', table, '1', `LEDGER.STATE: ${table} are never deleted`)];
}

const STATEMENTS: readonly string[] = [
  `CREATE TABLE "adjustments" (${ADJUSTMENTS.join(', ')}) STRICT`,
  'CREATE INDEX "adjustments_by_symbol" ON "adjustments" ("symbol", "at")',
  forbid(
    'adjustments_belong',
    'INSERT',
    'adjustments',
    'NOT EXISTS (SELECT 1 FROM positions p WHERE p.bot_id = NEW.bot_id AND p.mode = NEW.mode AND p.exchange = NEW.exchange AND p.symbol = NEW.symbol AND p.last_fill_id = NEW.after_fill_id)',
    'LEDGER.STATE: an adjustment follows the newest fill of its own position',
  ),
  ...kept('adjustments'),
  // A CHECK cannot be changed in place. Dropping the table takes its index and triggers along.
  `CREATE TABLE "bot_events_new" (${BOT_EVENTS.join(', ')}) STRICT`,
  'INSERT INTO "bot_events_new" SELECT "id", "bot_id", "mode", "kind", "at", "config_hash", "details" FROM "bot_events" ORDER BY "id"',
  'DROP TABLE "bot_events"',
  'ALTER TABLE "bot_events_new" RENAME TO "bot_events"',
  'CREATE INDEX "bot_events_by_time" ON "bot_events" ("at")',
  'CREATE INDEX "bot_events_by_kind" ON "bot_events" ("bot_id", "mode", "kind")',
  ...kept('bot_events'),
];

/** Schema 2: coins that left by hand; kinds of events without a closed list. */
export class Adjustments1764100000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await queryRunner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('Hand-made changes cannot be taken out of a ledger: restore a backup instead');
  }
}
