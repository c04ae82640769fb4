import { closeSync, linkSync, openSync, readFileSync, rmSync, statSync, writeSync } from 'node:fs';

import { StorageError } from '../domain/errors.js';

const POLL_MS = 20;
const PATIENCE_MS = 60_000;
/** Locks are held for moments. One of this age that names nobody, or us, was left by a process that died; its number may be ours now. */
const ABANDONED_MS = 30_000;

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
    const seen = lookAt(lock);
    if (seen !== null && isLeftBehind(seen) && takeAway(lock, seen)) continue;
    if (waited >= PATIENCE_MS) throw new StorageError('STORAGE.WRITE', `${lock} is held by process ${seen?.holder ?? 'unknown'}; end it, or delete the file if no such process writes there`);
    pause(POLL_MS);
  }
}

function create(lock: string): boolean {
  let file: number;
  try {
    file = openSync(lock, 'wx');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw cannotWrite(lock, error);
  }
  try {
    writeSync(file, String(process.pid));
    return true;
  } catch (error) {
    rmSync(lock, { force: true });
    throw cannotWrite(lock, error);
  } finally {
    closeSync(file);
  }
}

function cannotWrite(lock: string, error: unknown): StorageError {
  return new StorageError('STORAGE.WRITE', `Cannot write ${lock}: ${(error as NodeJS.ErrnoException).code}`, { cause: error });
}

interface Lock {
  /** null while the holder has not written its number yet */
  readonly holder: number | null;
  readonly file: number;
  readonly madeMs: number;
  readonly changedMs: number;
}

/** null when it is gone */
function lookAt(lock: string): Lock | null {
  try {
    const { ino, mtimeMs, ctimeMs } = statSync(lock);
    const pid = Number(readFileSync(lock, 'utf8'));
    return { holder: Number.isInteger(pid) && pid > 0 ? pid : null, file: ino, madeMs: mtimeMs, changedMs: ctimeMs };
  } catch {
    return null;
  }
}

function isLeftBehind({ holder, madeMs }: Lock): boolean {
  return holder === null || holder === process.pid ? Date.now() - madeMs > ABANDONED_MS : !isAlive(holder);
}

/** Whether there is a process of this number. */
export function isAlive(pid: number): boolean {
  if (pid === process.pid) return true;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/**
 * Removes a lock that was left behind. Of several that see it only one can make the second name, and what has that name is looked at
 * again: meanwhile somebody may have taken over before us, and then it is a living lock.
 *
 * @returns false when somebody else is at it
 */
function takeAway(lock: string, seen: Lock): boolean {
  const mark = `${lock}.${seen.holder ?? 'nobody'}`;
  try {
    linkSync(lock, mark);
  } catch {
    const left = lookAt(mark);
    // Whoever made it died in the next two lines.
    if (left !== null && Date.now() - left.changedMs > ABANDONED_MS) rmSync(mark, { force: true });
    return false;
  }
  const now = lookAt(mark);
  if (now !== null && now.file === seen.file && now.madeMs === seen.madeMs && now.holder === seen.holder) rmSync(lock, { force: true });
  rmSync(mark, { force: true });
  return true;
}

/** Blocks the thread: locks are held for milliseconds, and whoever waits has nothing else to do. */
function pause(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}
