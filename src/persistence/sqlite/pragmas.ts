import { LedgerError } from '../../domain/errors.js';
import { BUSY_TIMEOUT_MS, type RawConnection } from './raw-connection.js';

export type Access = 'read-write' | 'read-only' | 'memory';

/** `synchronous` as SQLite numbers it: every commit is on the disk before it is acknowledged. */
const FULL = 2;

/**
 * Makes a connection durable, and asks it whether it is. better-sqlite3 lowers `synchronous` to NORMAL as soon as a database is in WAL
 * mode, unless it has been set by hand; it is set before and after, and read back.
 *
 * @throws LedgerError LEDGER.DURABILITY when a setting did not take
 */
export function makeDurable(connection: RawConnection, access: Access): void {
  connection.pragma('synchronous = FULL');
  if (access === 'read-write') connection.pragma('journal_mode = WAL');
  connection.pragma('synchronous = FULL');
  connection.pragma('foreign_keys = ON');
  connection.pragma(`busy_timeout = ${BUSY_TIMEOUT_MS}`);
  connection.pragma('trusted_schema = OFF');
  assertDurable(connection, access);
}

/** @throws LedgerError LEDGER.DURABILITY naming the setting that is not what it must be */
export function assertDurable(connection: RawConnection, access: Access): void {
  const wanted: Record<string, string | number> = { synchronous: FULL, foreign_keys: 1, busy_timeout: BUSY_TIMEOUT_MS, trusted_schema: 0 };
  if (access === 'read-write') wanted['journal_mode'] = 'wal';
  for (const [name, value] of Object.entries(wanted)) {
    const found: unknown = connection.pragma(name, { simple: true });
    if (found !== value) throw new LedgerError('LEDGER.DURABILITY', `The database must run with ${name} = ${value}, but it answered ${String(found)}: nothing is written to it`);
  }
}
