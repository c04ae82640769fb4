import { randomUUID } from 'node:crypto';
import { closeSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';

import { flush } from './backup.js';
import { openSource } from './data-source.js';
import type { MigrationClass } from './migrations/all-migrations.js';

/**
 * A new, empty ledger. It is built beside its place and moved there when it is whole, so that a crash at any moment leaves either
 * nothing or a ledger, never a half-made file. The caller holds the instance lock.
 */
export async function createLedger(database: string, migrations: readonly MigrationClass[], nowMs: number): Promise<void> {
  const building = `${database}.new`;
  for (const suffix of ['', '-wal', '-shm']) rmSync(building + suffix, { force: true });
  closeSync(openSync(building, 'wx', 0o644));
  const { source, native } = await openSource(building, 'read-write', migrations);
  try {
    await source.runMigrations({ transaction: 'all' });
    native.prepare('INSERT INTO ledger_identity (id, ledger_id, created_at) VALUES (1, ?, ?)').run(randomUUID(), nowMs);
    native.pragma('wal_checkpoint(TRUNCATE)');
  } finally {
    await source.destroy();
  }
  flush(building);
  renameSync(building, database);
  flush(dirname(database));
}
