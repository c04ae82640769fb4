import Database from 'better-sqlite3';

import { keepAlive } from './keep-alive.js';

export type RawConnection = Database.Database;
export type Statement = Database.Statement;

/** How long a statement waits for a lock that another process holds. */
export const BUSY_TIMEOUT_MS = 5000;

/**
 * A connection beside TypeORM's: for locks, backups, and looks at a file before it is trusted. The one place that makes them; nothing
 * of the ledger is written through it.
 *
 * @param busyTimeoutMs 0: do not wait
 */
export function openRaw(path: string, options: { readonly readOnly: boolean; readonly mustExist: boolean; readonly busyTimeoutMs?: number }): RawConnection {
  const { readOnly, mustExist, busyTimeoutMs = BUSY_TIMEOUT_MS } = options;
  const connection = new Database(path, { readonly: readOnly, fileMustExist: mustExist, timeout: busyTimeoutMs });
  keepAlive(connection);
  connection.pragma('trusted_schema = OFF');
  return connection;
}
