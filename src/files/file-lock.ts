import { closeSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';

import { StorageError } from '../domain/errors.js';

const POLL_MS = 20;
const PATIENCE_MS = 60_000;

/**
 * Runs `work` while no other process holds the lock of this path: a file beside it that names its holder. The lock of a process
 * that is no longer there is taken over.
 *
 * @throws StorageError when another process holds it for a minute
 */
export function withFileLock<T>(path: string, work: () => T): T {
  const lock = `${path}.lock`;
  acquire(lock);
  try {
    return work();
  } finally {
    rmSync(lock, { force: true });
  }
}

function acquire(lock: string): void {
  for (let waited = 0; ; waited += POLL_MS) {
    if (create(lock)) return;
    const holder = holderOf(lock);
    if (holder !== null && !isAlive(holder)) takeAway(lock, holder);
    else if (waited >= PATIENCE_MS) throw new StorageError('STORAGE.WRITE', `${lock} is held by process ${holder ?? 'unknown'}; end it, or delete the file if no such process writes there`);
    else pause(POLL_MS);
  }
}

function create(lock: string): boolean {
  try {
    const file = openSync(lock, 'wx');
    writeSync(file, String(process.pid));
    closeSync(file);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return false;
    throw new StorageError('STORAGE.WRITE', `Cannot write ${lock}: ${code}`, { cause: error });
  }
}

/** null while the holder has not written its name yet, or has just let go. */
function holderOf(lock: string): number | null {
  try {
    const pid = Number(readFileSync(lock, 'utf8'));
    return Number.isInteger(pid) && pid > 0 ? pid : null;
  } catch {
    return null;
  }
}

function isAlive(pid: number): boolean {
  if (pid === process.pid) return true;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Of several that see the same dead holder only one can rename its lock away. */
function takeAway(lock: string, dead: number): void {
  const aside = `${lock}.${process.pid}`;
  try {
    renameSync(lock, aside);
  } catch {
    return;
  }
  // Between the look and the rename somebody may have taken over before us: then it was a living lock, and goes back.
  if (holderOf(aside) === dead) rmSync(aside, { force: true });
  else renameSync(aside, lock);
}

/** Blocks the thread: locks are held for milliseconds, and whoever waits has nothing else to do. */
function pause(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}
