import { LedgerError } from '../domain/errors.js';
import { openSource, type OpenedSource } from './data-source.js';
import { inspectLedger, ledgerExists } from './inspect-ledger.js';
import type { ReadableLedger } from './ledger-database.js';
import { ledgerPaths } from './ledger-paths.js';
import { LedgerView, type ViewParts } from './ledger-view.js';
import { ALL_MIGRATIONS } from './migrations/all-migrations.js';
import { noLedger } from './open-ledger.js';
import { ledgerErrorOf } from './sqlite/sqlite-errors.js';
import { Statements } from './statements.js';

/**
 * A ledger for questions only, beside a bot that may be writing it. Every `read` sees one moment, however long it takes, and holds
 * up nobody.
 */
export class LedgerReader implements ReadableLedger {
  private readonly parts: ViewParts;

  private constructor(
    private readonly opened: OpenedSource,
    readonly path: string,
  ) {
    this.parts = { runner: opened.source.createQueryRunner(), statements: new Statements(opened.source, opened.native) };
  }

  /** @throws LedgerError when there is none, or it is not of this version; nothing is made or changed */
  static async open(dataDir: string): Promise<LedgerReader> {
    const paths = ledgerPaths(dataDir);
    if (!ledgerExists(paths)) throw noLedger(paths.database);
    const { pending } = inspectLedger(paths, ALL_MIGRATIONS, false);
    if (pending.length > 0) throw new LedgerError('LEDGER.OLDER', `${paths.database} is of an older version: start the bot, or run \`db migrate\``);
    try {
      return new LedgerReader(await openSource(paths.database, 'read-only'), paths.database);
    } catch (error) {
      throw ledgerErrorOf(error, paths.database);
    }
  }

  async read<T>(work: (view: LedgerView) => Promise<T>): Promise<T> {
    const view = new LedgerView(this.parts);
    try {
      await this.parts.runner.query('BEGIN');
      return await work(view);
    } catch (error) {
      throw ledgerErrorOf(error, this.path);
    } finally {
      await view.end();
      if (this.opened.native.inTransaction) this.opened.native.exec('ROLLBACK');
    }
  }

  async close(): Promise<void> {
    await this.opened.source.destroy();
  }
}
