import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, linkSync, mkdirSync, openSync, readdirSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

import { StorageError } from '../domain/errors.js';
import { isAlive } from './file-lock.js';

/**
 * Puts a whole file in place: written beside it, flushed, renamed. Whoever looks sees the old content or the new one, and a
 * power cut leaves one of the two.
 *
 * @throws StorageError naming the file and the cause; what was there before is untouched
 */
export function replaceFile(path: string, parts: readonly (string | Uint8Array)[]): void {
  write(path, parts, (temporary) => renameSync(temporary, path));
}

/** Like `replaceFile`, but never over a file that exists. @throws StorageError STORAGE.EXISTS */
export function createFile(path: string, parts: readonly (string | Uint8Array)[]): void {
  // A link fails where the name is taken, which a rename does not.
  write(path, parts, (temporary) => {
    linkSync(temporary, path);
    rmSync(temporary);
  });
}

/** No write takes so long; what is older was left by a process whose number another one has now. */
const LONGEST_WRITE_MS = 3_600_000;

/** Removes what processes that were killed in the middle of a write left beside this file or the ones named after it, where it may. */
export function removeLeftovers(path: string): void {
  const folder = dirname(path);
  for (const name of readdirSync(folder)) {
    const pid = name.startsWith(basename(path)) ? /\.(\d+)\.[0-9a-f]{8}\.tmp$/.exec(name)?.[1] : undefined;
    if (pid === undefined) continue;
    const age = Date.now() - (statSync(join(folder, name), { throwIfNoEntry: false })?.mtimeMs ?? Infinity);
    if (!isAlive(Number(pid)) || age > LONGEST_WRITE_MS) discard(join(folder, name));
  }
}

function discard(leftover: string): void {
  try {
    rmSync(leftover, { force: true });
  } catch {
    // A read-only disk: it is in nobody's way there.
  }
}

function write(path: string, parts: readonly (string | Uint8Array)[], putInPlace: (temporary: string) => void): void {
  const folder = dirname(path);
  const temporary = `${path}.${process.pid}.${randomBytes(4).toString('hex')}.tmp`;
  makeFolder(folder, path);
  try {
    const file = openSync(temporary, 'wx', 0o644);
    try {
      for (const part of parts) writeAll(file, typeof part === 'string' ? Buffer.from(part) : part);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    putInPlace(temporary);
    flushFolder(folder);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw failed(path, error as NodeJS.ErrnoException);
  }
}

/** @throws StorageError that names the file for which the folder is needed */
export function makeFolder(folder: string, path: string): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw failed(path, error as NodeJS.ErrnoException, code === 'EEXIST' ? 'ENOTDIR' : code); // what exists there is no folder
  }
}

function writeAll(file: number, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done);
}

/** The new name itself has to reach the disk; some file systems cannot flush a folder, and need not. */
function flushFolder(folder: string): void {
  let handle: number;
  try {
    handle = openSync(folder, 'r');
  } catch {
    return;
  }
  try {
    fsyncSync(handle);
  } catch {
    // Not supported here.
  } finally {
    closeSync(handle);
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EROFS: 'the disk is read-only',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  ENOTDIR: 'a file stands where a folder should be',
  EISDIR: 'a folder stands in its place',
  EIO: 'the disk reported an error',
};

function failed(path: string, error: NodeJS.ErrnoException, code = error.code): StorageError {
  if (code === 'EEXIST') return new StorageError('STORAGE.EXISTS', `${path} exists already and is never overwritten`, { cause: error });
  const reason = REASONS[code ?? ''] ?? error.message;
  return new StorageError('STORAGE.WRITE', `Cannot write ${path}: ${reason}`, { cause: error });
}
