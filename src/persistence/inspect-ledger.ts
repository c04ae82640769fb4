import { existsSync, readFileSync, statSync } from 'node:fs';

import { LedgerError } from '../domain/errors.js';
import { listBackups, wayBack } from './backup.js';
import { MIGRATIONS_TABLE } from './data-source.js';
import type { LedgerPaths } from './ledger-paths.js';
import { migrationNames, type MigrationClass } from './migrations/all-migrations.js';
import { damageOf } from './sqlite/integrity.js';
import { openRaw, type RawConnection } from './sqlite/raw-connection.js';
import { ledgerErrorOf } from './sqlite/sqlite-errors.js';

/** What is known of a ledger on disk before anything is done to it. */
export interface LedgerFacts {
  readonly ledgerId: string;
  /** Names of the migrations it has had, oldest first. */
  readonly applied: readonly string[];
  /** Those it lacks. */
  readonly pending: readonly string[];
}

/** Whether there is a ledger in the folder, or there never was one. @throws LedgerError LEDGER.MISSING when there was one */
export function ledgerExists({ database, identity, backups, folder }: LedgerPaths): boolean {
  if (existsSync(database)) return true;
  const trace = [identity, `${database}-wal`].find((path) => existsSync(path)) ?? listBackups(backups)[0]?.path;
  if (trace === undefined) return false;
  throw new LedgerError(
    'LEDGER.MISSING',
    `${database} is not there, but ${trace} says that it was. An empty ledger is not put in its place: it would not know what was bought. ${wayBack(database, backups)}. To begin anew, move everything out of ${folder} first`,
  );
}

/**
 * Looks at a ledger through a connection that cannot write.
 *
 * @param check false leaves out the reading of every page
 * @throws LedgerError LEDGER.EMPTY, CORRUPT, FOREIGN, REPLACED or NEWER; the file is untouched
 */
export function inspectLedger(paths: LedgerPaths, migrations: readonly MigrationClass[], check = true): LedgerFacts {
  const { database, backups } = paths;
  const refuse = (code: LedgerError['code'], what: string, cause?: unknown): never => {
    throw new LedgerError(code, `${what}. ${wayBack(database, backups)}`, { cause });
  };
  if (statSync(database).size === 0) refuse('LEDGER.EMPTY', `${database} is empty (0 bytes): something emptied it`);
  let connection: RawConnection | null = null;
  try {
    connection = openRaw(database, { readOnly: true, mustExist: true });
    if (check) {
      const [damage] = damageOf(connection, 'quick');
      if (damage !== undefined) refuse('LEDGER.CORRUPT', `${database} is damaged: ${damage}`);
    }
    const tables = new Set((connection.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all() as { name: string }[]).map(({ name }) => name));
    if (!tables.has(MIGRATIONS_TABLE) || !tables.has('ledger_identity')) refuse('LEDGER.FOREIGN', `${database} is a database, but no ledger`);
    const applied = (connection.prepare(`SELECT name FROM "${MIGRATIONS_TABLE}" ORDER BY timestamp, id`).all() as { name: string }[]).map(({ name }) => name);
    const known = migrationNames(migrations);
    const unknown = applied.filter((name) => !known.includes(name));
    if (unknown.length > 0) {
      throw new LedgerError(
        'LEDGER.NEWER',
        `${database} was written by a newer version of this program (it has had ${unknown.join(', ')}, which this version does not know). It was not touched. Run the newer version, or ${wayBack(database, backups)}`,
      );
    }
    const row = connection.prepare('SELECT ledger_id AS id FROM ledger_identity WHERE id = 1').get() as { id: string } | undefined;
    if (row === undefined) return refuse('LEDGER.CORRUPT', `${database} has lost the row that names it`);
    const expected = readIdentity(paths);
    if (expected !== null && expected !== row.id) refuse('LEDGER.REPLACED', `${database} is another ledger (${row.id}) than the one that belongs here (${expected}, says ${paths.identity})`);
    return { ledgerId: row.id, applied, pending: known.filter((name) => !applied.includes(name)) };
  } catch (error) {
    const known = ledgerErrorOf(error, database);
    if (known instanceof LedgerError && known.code === 'LEDGER.CORRUPT' && known !== error) return refuse('LEDGER.CORRUPT', `${database} is damaged or no SQLite database`, error);
    throw known;
  } finally {
    connection?.close();
  }
}

/** null where the file is not there, as after a crash between making the database and naming it. */
export function readIdentity({ identity }: LedgerPaths): string | null {
  return existsSync(identity) ? readFileSync(identity, 'utf8').trim() : null;
}
