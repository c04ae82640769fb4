import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';

import { InstanceLocked, LedgerError } from '../domain/errors.js';
import { replaceFile } from '../files/atomic-write.js';
import { backUp, wayBack, type Backup } from './backup.js';
import { createLedger } from './create-ledger.js';
import { openSource, type OpenedSource } from './data-source.js';
import { FileGuard } from './file-guard.js';
import { inspectLedger, ledgerExists, readIdentity } from './inspect-ledger.js';
import { InstanceLock, processIsAlive, type Holder } from './instance-lock.js';
import { Lease, type IsAlive } from './lease.js';
import { LedgerDatabase } from './ledger-database.js';
import { ledgerPaths, type LedgerPaths } from './ledger-paths.js';
import { ALL_MIGRATIONS, type MigrationClass } from './migrations/all-migrations.js';
import { damageOf } from './sqlite/integrity.js';
import { assertDurable } from './sqlite/pragmas.js';
import { ledgerErrorOf } from './sqlite/sqlite-errors.js';

export interface OpenOptions {
  readonly dataDir: string;
  readonly botId: string;
  readonly nowMs: number;
  readonly migrations?: readonly MigrationClass[];
  readonly isAlive?: IsAlive;
  /** false refuses to make a ledger where there never was one. */
  readonly create?: boolean;
}

/** What a start did before the ledger was open. */
export interface Opening {
  readonly created: boolean;
  /** Names of the migrations that were run. */
  readonly migrated: readonly string[];
  /** Made before they were. */
  readonly backup: Backup | null;
}

/** The ledger of this process, and of no other. */
export class Ledger {
  constructor(
    readonly database: LedgerDatabase,
    readonly lease: Lease,
    readonly opening: Opening,
    private readonly lock: InstanceLock,
  ) {}

  async close(): Promise<void> {
    try {
      // What is broken or lost cannot be given back; the lock of the operating system ends in any case.
      if (this.database.fault === null) await this.lease.release();
    } catch (error) {
      if (!(error instanceof LedgerError || error instanceof InstanceLocked)) throw error;
    } finally {
      await this.database.close();
      this.lock.release();
    }
  }
}

/**
 * Opens the ledger for writing: lock, look, back up, migrate, open, check, lease. Where there never was one it is made; where there
 * was one it is never made anew.
 *
 * @throws InstanceLocked LOCK.HELD when another process has it
 * @throws LedgerError when it cannot be trusted or used, with the way back
 */
export async function openLedger(options: OpenOptions): Promise<Ledger> {
  const { dataDir, nowMs, botId, migrations = ALL_MIGRATIONS, isAlive = processIsAlive } = options;
  const paths = ledgerPaths(dataDir);
  const holder: Holder = { pid: process.pid, host: hostname(), since: nowMs, botId };
  prepareFolder(paths);
  const lock = InstanceLock.acquire(paths, holder);
  let database: LedgerDatabase | null = null;
  try {
    const created = !ledgerExists(paths);
    if (created && options.create === false) throw noLedger(paths.database);
    if (created) await createLedger(paths.database, migrations, nowMs);
    const { ledgerId, applied, pending } = inspectLedger(paths, migrations);
    const backup = pending.length > 0 ? await backUp(paths.database, paths.backups, applied.length, nowMs) : null;
    const opened = await openSource(paths.database, 'read-write', migrations);
    database = await migrateAndWrap(opened, pending, paths, ledgerId);
    if (readIdentity(paths) === null) replaceFile(paths.identity, [`${ledgerId}\n`]);
    const lease = await Lease.take(database, holder, nowMs, dataDir, isAlive);
    return new Ledger(database, lease, { created, migrated: pending, backup }, lock);
  } catch (error) {
    await database?.close();
    lock.release();
    throw ledgerErrorOf(error, paths.database);
  }
}

/** A ledger that is gone when it is closed: for tests, and for whoever only plays. */
export async function openMemoryLedger(): Promise<LedgerDatabase> {
  const opened = await openSource(':memory:', 'memory');
  await opened.source.runMigrations({ transaction: 'all' });
  opened.native.exec(`INSERT INTO ledger_identity (id, ledger_id, created_at) VALUES (1, 'memory', 0)`);
  return new LedgerDatabase({ ...opened, path: ':memory:', ledgerId: 'memory', guard: null });
}

export function noLedger(database: string): LedgerError {
  return new LedgerError('LEDGER.NONE', `There is no ledger at ${database} yet. The bot makes it when it first runs; another folder is named with --ledger-dir or BOT_DATA_DIR`);
}

async function migrateAndWrap(opened: OpenedSource, pending: readonly string[], paths: LedgerPaths, ledgerId: string): Promise<LedgerDatabase> {
  const { source, native } = opened;
  const { database: path, backups } = paths;
  try {
    if (pending.length > 0) {
      await source.runMigrations({ transaction: 'all' });
      const [damage] = damageOf(native, 'quick');
      if (damage !== undefined) throw new LedgerError('LEDGER.CORRUPT', `After its migration ${path} is damaged: ${damage}. ${wayBack(path, backups)}`);
    }
    // A write of no consequence: it makes the write-ahead log exist, and shows whether the settings outlast a write.
    native.pragma(`user_version = ${source.migrations.length}`);
    assertDurable(native, 'read-write');
    return new LedgerDatabase({ ...opened, path, ledgerId, guard: new FileGuard(path) });
  } catch (error) {
    await source.destroy();
    throw error;
  }
}

function prepareFolder({ folder }: LedgerPaths): void {
  try {
    mkdirSync(folder, { recursive: true });
    // SQLite would say so much later, and less clearly.
    const probe = `${folder}/.probe-${process.pid}`;
    writeFileSync(probe, '');
    rmSync(probe);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const full = code === 'ENOSPC' || code === 'EDQUOT';
    throw new LedgerError(full ? 'LEDGER.FULL' : 'LEDGER.READ_ONLY', `The data folder ${folder} cannot be written to (${code}): ${full ? 'make room' : 'it must be a folder that this user may write to'}`, { cause: error });
  }
}
