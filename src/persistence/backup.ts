import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

import { LedgerError } from '../domain/errors.js';
import { isoTime } from '../domain/instant.js';
import { damageOf } from './sqlite/integrity.js';
import { openRaw } from './sqlite/raw-connection.js';
import { ledgerErrorOf } from './sqlite/sqlite-errors.js';

const NAME = /^ledger-v\d+-\d{8}T\d{9}Z(?:-\d+)?\.sqlite$/;

export interface Backup {
  readonly path: string;
  readonly bytes: number;
}

/**
 * A copy of the committed state, made page by page by SQLite itself while others go on writing; checked, flushed, and only then given
 * its name: what is in the folder under that name is whole.
 *
 * @param version of the schema, for the name
 * @throws LedgerError; the database itself is never changed
 */
export async function backUp(database: string, folder: string, version: number, nowMs: number): Promise<Backup> {
  const stamp = isoTime(nowMs).replace(/[-:.]/g, '');
  const base = `ledger-v${version}-${stamp}`;
  let path = join(folder, `${base}.sqlite`);
  const partial = join(folder, `${base}.${process.pid}.partial`);
  try {
    mkdirSync(folder, { recursive: true });
    for (let n = 2; existsSync(path); n++) path = join(folder, `${base}-${n}.sqlite`);
    const source = openRaw(database, { readOnly: true, mustExist: true });
    try {
      await source.backup(partial);
    } finally {
      source.close();
    }
    const copy = openRaw(partial, { readOnly: false, mustExist: true });
    try {
      // A copy of a WAL database is one too; as a rollback-journal database it is a single file.
      copy.pragma('journal_mode = DELETE');
      const damage = damageOf(copy, 'quick');
      if (damage.length > 0) throw new LedgerError('LEDGER.CORRUPT', `The backup of ${database} is damaged, and so is the ledger: ${damage[0]}`);
    } finally {
      copy.close();
    }
    flush(partial);
    renameSync(partial, path);
    flush(folder);
    return { path, bytes: statSync(path).size };
  } catch (error) {
    for (const suffix of ['', '-journal', '-wal', '-shm']) rmSync(partial + suffix, { force: true });
    throw ledgerErrorOf(withDiskReason(error, folder), database);
  }
}

/** Whole backups, newest first. */
export function listBackups(folder: string): Backup[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => NAME.test(name))
    .map((name) => ({ path: join(folder, name), bytes: statSync(join(folder, name)).size, at: name.replace(/^ledger-v\d+-/, '') }))
    .sort((a, b) => (a.at < b.at ? 1 : -1))
    .map(({ path, bytes }) => ({ path, bytes }));
}

/** What to do when the ledger cannot be used, with the newest backup by name. */
export function wayBack(database: string, folder: string): string {
  const [newest] = listBackups(folder);
  const source = newest === undefined ? 'There is no backup in ' + folder + '; put one of your own in its place' : `The newest backup is ${newest.path}`;
  return `${source}. Stop the bot, move ${database} and its -wal and -shm files away, copy the backup to ${database}, and start again: trades made since then are fetched from the exchange`;
}

export function flush(path: string): void {
  const handle = openSync(path, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

function withDiskReason(error: unknown, folder: string): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ENOSPC' || code === 'EDQUOT') return new LedgerError('LEDGER.FULL', `The disk of ${folder} is full: no backup was made`, { cause: error });
  if (code === 'EACCES' || code === 'EROFS' || code === 'EPERM') return new LedgerError('LEDGER.READ_ONLY', `${folder} cannot be written to: no backup was made`, { cause: error });
  return error;
}
