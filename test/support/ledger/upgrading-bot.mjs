// A process of the next version: opens the ledger of a folder, which migrates it after a backup, and says when it is done.
import 'reflect-metadata';

import { writeSync } from 'node:fs';

import { ALL_MIGRATIONS } from '../../../dist/persistence/migrations/all-migrations.js';
import { openLedger } from '../../../dist/persistence/open-ledger.js';

/** The same as NextVersion in next-version.ts. */
class NextVersion1999000000000 {
  name = 'NextVersion1999000000000';

  async up(queryRunner) {
    await queryRunner.query('CREATE TABLE "notes" ("id" integer PRIMARY KEY NOT NULL, "text" text NOT NULL) STRICT');
    await queryRunner.query(`INSERT INTO notes SELECT id, 'fill ' || trade_id FROM fills`);
    await queryRunner.query('CREATE INDEX "notes_by_text" ON "notes" ("text")');
    await queryRunner.query('ALTER TABLE "risk_states" ADD COLUMN "note" text');
  }

  async down() {
    throw new Error('Restore a backup');
  }
}

const ledger = await openLedger({ dataDir: process.argv[2], botId: 'bot-1', nowMs: Date.now(), migrations: [...ALL_MIGRATIONS, NextVersion1999000000000] });
writeSync(1, 'migrated\n');
await ledger.close();
