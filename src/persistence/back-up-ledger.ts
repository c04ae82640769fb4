import { backUp, type Backup } from './backup.js';
import { inspectLedger, ledgerExists } from './inspect-ledger.js';
import { ledgerPaths } from './ledger-paths.js';
import { ALL_MIGRATIONS } from './migrations/all-migrations.js';
import { noLedger } from './open-ledger.js';

/** A backup of the ledger in a data folder, whoever is writing it. @throws LedgerError; nothing is made when the ledger is damaged */
export async function backUpLedger(dataDir: string, nowMs: number): Promise<Backup> {
  const paths = ledgerPaths(dataDir);
  if (!ledgerExists(paths)) throw noLedger(paths.database);
  const { applied } = inspectLedger(paths, ALL_MIGRATIONS, false);
  return backUp(paths.database, paths.backups, applied.length, nowMs);
}
