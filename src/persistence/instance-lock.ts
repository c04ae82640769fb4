import { existsSync, readFileSync } from 'node:fs';

import { InstanceLocked } from '../domain/errors.js';
import { isoTime } from '../domain/instant.js';
import { replaceFile } from '../files/atomic-write.js';
import type { LedgerPaths } from './ledger-paths.js';
import { openRaw, type RawConnection } from './sqlite/raw-connection.js';
import { ledgerErrorOf } from './sqlite/sqlite-errors.js';

/** A process that writes a ledger, or did. */
export interface Holder {
  readonly pid: number;
  readonly host: string;
  /** UTC ms. */
  readonly since: number;
  readonly botId: string;
}

/**
 * The lock on a data folder: an exclusive lock of the operating system on a small database that nothing else is in. It ends with the
 * process, however that ends, and needs no clean-up.
 */
export class InstanceLock {
  private constructor(private readonly connection: RawConnection) {}

  /** @throws InstanceLocked LOCK.HELD at once, naming who holds it */
  static acquire(paths: LedgerPaths, holder: Holder): InstanceLock {
    let connection: RawConnection | null = null;
    try {
      connection = openRaw(paths.lock, { readOnly: false, mustExist: false, busyTimeoutMs: 0 });
      connection.exec('BEGIN EXCLUSIVE');
    } catch (error) {
      connection?.close();
      const { code } = error as { code?: string };
      if (code?.startsWith('SQLITE_BUSY') === true) throw heldBy(paths.folder, readHolder(paths));
      throw ledgerErrorOf(error, paths.lock);
    }
    const lock = new InstanceLock(connection);
    try {
      // Beside the lock, not in it: a process that opens and closes a locked file itself would lose its lock by that.
      replaceFile(paths.holder, [`${JSON.stringify({ pid: holder.pid, host: holder.host, since: isoTime(holder.since), bot_id: holder.botId })}\n`]);
    } catch (error) {
      lock.release();
      throw error;
    }
    return lock;
  }

  release(): void {
    if (!this.connection.open) return;
    this.connection.exec('ROLLBACK');
    this.connection.close();
  }
}

export function heldBy(folder: string, holder: Holder | null): InstanceLocked {
  const who = holder === null ? 'another process' : `process ${holder.pid} on ${holder.host} (${holder.botId}, since ${isoTime(holder.since)})`;
  return new InstanceLocked('LOCK.HELD', `${folder} is in use by ${who}; only one instance may trade on it. End that one first, or give this one a folder of its own (BOT_DATA_DIR)`);
}

/** Whether some process holds the lock now. Takes nothing. */
export function isLocked({ lock }: LedgerPaths): boolean {
  if (!existsSync(lock)) return false;
  const connection = openRaw(lock, { readOnly: true, mustExist: true, busyTimeoutMs: 0 });
  try {
    connection.prepare('SELECT count(*) FROM sqlite_master').get();
    return false;
  } catch (error) {
    if ((error as { code?: string }).code?.startsWith('SQLITE_BUSY') === true) return true;
    throw ledgerErrorOf(error, lock);
  } finally {
    connection.close();
  }
}

/** Who held the lock last; null when nobody can tell. */
export function readHolder({ holder }: LedgerPaths): Holder | null {
  try {
    const { pid, host, since, bot_id: botId } = JSON.parse(readFileSync(holder, 'utf8')) as Record<string, unknown>;
    const sinceMs = Date.parse(String(since));
    return typeof pid === 'number' && typeof host === 'string' && typeof botId === 'string' && Number.isFinite(sinceMs) ? { pid, host, botId, since: sinceMs } : null;
  } catch {
    return null;
  }
}
