import { randomInt } from 'node:crypto';
import { existsSync, readFileSync, rmSync } from 'node:fs';

import { InstanceLocked } from '../domain/errors.js';
import { isoTime } from '../domain/instant.js';
import { replaceFile } from '../files/atomic-write.js';
import type { LedgerPaths } from './ledger-paths.js';
import { openRaw, type RawConnection } from './sqlite/raw-connection.js';
import { ledgerErrorOf } from './sqlite/sqlite-errors.js';

const PATIENCE_MS = 500;
const LEAST_TRIES = 4;

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
  private constructor(
    private readonly connection: RawConnection,
    private readonly paths: LedgerPaths,
  ) {}

  /** @throws InstanceLocked LOCK.HELD naming who holds it, after at most half a second */
  static acquire(paths: LedgerPaths, holder: Holder): InstanceLock {
    const connection = patiently(paths, () => tryLock(paths));
    const lock = new InstanceLock(connection, paths);
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
    try {
      // While it is still ours: what is there afterwards is the next one's.
      rmSync(this.paths.holder, { force: true });
    } finally {
      this.connection.exec('ROLLBACK');
      this.connection.close();
    }
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

/** @returns null when another process has the lock, or is trying to get it in this very moment */
function tryLock({ lock }: LedgerPaths): RawConnection | null {
  let connection: RawConnection | null = null;
  try {
    connection = openRaw(lock, { readOnly: false, mustExist: false, busyTimeoutMs: 0 });
    connection.exec('BEGIN EXCLUSIVE');
    return connection;
  } catch (error) {
    connection?.close();
    if ((error as { code?: string }).code?.startsWith('SQLITE_BUSY') === true) return null;
    throw ledgerErrorOf(error, lock);
  }
}

/**
 * Two that try in the same moment can each keep the other from getting it, and a look at the lock holds it for a moment: so one refusal
 * says little. And whoever has got it writes its name just after. A holder that is there after some tries is one.
 */
function patiently(paths: LedgerPaths, attempt: () => RawConnection | null): RawConnection {
  for (let waitedMs = 0, tries = 1; ; tries++) {
    const connection = attempt();
    if (connection !== null) return connection;
    const holder = readHolder(paths);
    if (waitedMs >= PATIENCE_MS || (tries >= LEAST_TRIES && holder !== null && processIsAlive(holder.pid))) throw heldBy(paths.folder, holder);
    // Of different length for each process, or they would meet again.
    const pauseMs = 5 + randomInt(20);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, pauseMs);
    waitedMs += pauseMs;
  }
}

/** Whether this host runs a process of that id. */
export function processIsAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
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
