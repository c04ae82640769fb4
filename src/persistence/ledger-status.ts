import { existsSync, statSync } from 'node:fs';

import { listBackups, type Backup } from './backup.js';
import { inspectLedger, ledgerExists } from './inspect-ledger.js';
import { isLocked, readHolder, type Holder } from './instance-lock.js';
import { ledgerPaths } from './ledger-paths.js';
import { ALL_MIGRATIONS } from './migrations/all-migrations.js';
import { noLedger } from './open-ledger.js';
import { openRaw } from './sqlite/raw-connection.js';

const TABLES = ['signals', 'orders', 'fills', 'trades', 'bot_events'] as const;

export interface LedgerStatus {
  readonly path: string;
  readonly ledgerId: string;
  readonly bytes: number;
  readonly logBytes: number;
  readonly version: number;
  readonly pending: readonly string[];
  readonly rows: Readonly<Record<string, number>>;
  /** null when nobody is writing. */
  readonly holder: Holder | null;
  readonly inUse: boolean;
  readonly backups: readonly Backup[];
}

/** What there is to know of a ledger at a glance. Changes nothing. @throws LedgerError LEDGER.NONE */
export function ledgerStatus(dataDir: string): LedgerStatus {
  const paths = ledgerPaths(dataDir);
  if (!ledgerExists(paths)) throw noLedger(paths.database);
  const { ledgerId, applied, pending } = inspectLedger(paths, ALL_MIGRATIONS, false);
  const connection = openRaw(paths.database, { readOnly: true, mustExist: true });
  try {
    const rows = Object.fromEntries(TABLES.map((table) => [table, (connection.prepare(`SELECT count(*) AS n FROM ${table}`).get() as { n: number }).n]));
    const inUse = isLocked(paths);
    const log = `${paths.database}-wal`;
    return {
      path: paths.database,
      ledgerId,
      bytes: statSync(paths.database).size,
      logBytes: existsSync(log) ? statSync(log).size : 0,
      version: applied.length,
      pending,
      rows,
      holder: inUse ? readHolder(paths) : null,
      inUse,
      backups: listBackups(paths.backups),
    };
  } finally {
    connection.close();
  }
}
