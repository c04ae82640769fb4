import { AsyncLocalStorage } from 'node:async_hooks';

import { Mutex } from 'async-mutex';

import { InstanceLocked, LedgerError } from '../domain/errors.js';
import type { OpenedSource } from './data-source.js';
import type { FileGuard } from './file-guard.js';
import { LedgerTransaction, LedgerView, type ViewParts } from './ledger-view.js';
import type { RawConnection, Statement } from './sqlite/raw-connection.js';
import { isLasting, ledgerErrorOf } from './sqlite/sqlite-errors.js';
import { Statements } from './statements.js';

/** Anything that can be asked: the bot's own database, or a reader beside it. */
export interface ReadableLedger {
  read<T>(work: (view: LedgerView) => Promise<T>): Promise<T>;
}

export interface LedgerDatabaseOptions extends OpenedSource {
  readonly path: string;
  /** Canary: id that the database must hold. */
  readonly ledgerId: string;
  /** null in memory, where no file can be lost. */
  readonly guard: FileGuard | null;
}

interface CanaryRow {
  readonly ledgerId: string;
  readonly token: number | null;
  readonly holder: string | null;
}

const CANARY = `SELECT i.ledger_id AS "ledgerId", l.token AS "token", 'process ' || l.pid || ' on ' || l.host AS "holder"
  FROM ledger_identity i LEFT JOIN leases l ON l.id = 1 WHERE i.id = 1`;

/**
 * The one door to the ledger. TypeORM has a single connection for SQLite: a write by other code while a transaction is open joins it,
 * reports success, and vanishes when that transaction is rolled back. So everything goes through here, one after the other, and no
 * part of TypeORM that could write is handed out (a test reads all sources for a way around it).
 */
export class LedgerDatabase implements ReadableLedger {
  private readonly turns = new Mutex();
  private readonly inside = new AsyncLocalStorage<{ open: boolean }>();
  private readonly parts: ViewParts;
  private readonly native: RawConnection;
  private readonly own: Record<'begin' | 'canary' | 'commit', Statement>;
  private fencingToken = 0;
  private broken: LedgerError | InstanceLocked | null = null;

  constructor(private readonly options: LedgerDatabaseOptions) {
    this.native = options.native;
    this.parts = { runner: options.source.createQueryRunner(), statements: new Statements(options.source, this.native) };
    this.own = { begin: this.native.prepare('BEGIN IMMEDIATE'), canary: this.native.prepare(CANARY), commit: this.native.prepare('COMMIT') };
  }

  get path(): string {
    return this.options.path;
  }

  /** The fault after which nothing is read or written any more; null while all is well. */
  get fault(): LedgerError | InstanceLocked | null {
    return this.broken;
  }

  /** From now on every transaction checks that the lease still has this token. */
  fenceWith(token: number): void {
    this.fencingToken = token;
  }

  /**
   * Runs one transaction, durable when the promise resolves. When it rejects nothing of it is in the database, with one exception: a
   * disk that fails in the very moment of the commit (LEDGER.IO) leaves open which it is, and the next start finds out.
   *
   * Nothing may be awaited in `work` but the transaction itself: SQLite answers without leaving the current turn of the event loop, so
   * a transaction during which the loop turned has waited for something else, and is rolled back.
   *
   * @throws LedgerError; after one that `fault` keeps, every further call throws the same
   * @throws InstanceLocked LOCK.LOST when another process has taken over the lease
   */
  async write<T>(work: (transaction: LedgerTransaction) => Promise<T>): Promise<T> {
    return this.inTurn(async () => {
      const turn = this.watchLoop();
      let transaction: LedgerTransaction | null = null;
      try {
        this.begin();
        transaction = new LedgerTransaction(this.parts, this.options.source, this.fencingToken);
        const result = await work(transaction);
        if ((await transaction.end()) > 0) throw new LedgerError('LEDGER.MISUSE', 'A transaction ended before all of its statements were awaited; it was rolled back');
        if (turn.passed()) throw new LedgerError('LEDGER.MISUSE', 'A transaction waited for something other than the database; it was rolled back');
        this.own.commit.run();
        this.setTransaction(false);
        this.options.guard?.accept();
        return result;
      } finally {
        // Before anything is rolled back: what is still under way would run after it.
        await transaction?.end();
        turn.end();
      }
    });
  }

  /** Reads what is committed; writers wait meanwhile, so it must be short. Nothing in it can write: statements are looked at, and for those of TypeORM the connection refuses. */
  async read<T>(work: (view: LedgerView) => Promise<T>): Promise<T> {
    return this.inTurn(async () => {
      const view = new LedgerView(this.parts, () => this.native.pragma('query_only = ON'));
      try {
        return await work(view);
      } finally {
        await view.end();
        if (view.isGuarded) this.native.pragma('query_only = OFF');
      }
    });
  }

  async close(): Promise<void> {
    await this.turns.runExclusive(() => this.options.source.destroy());
  }

  private async inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.inside.getStore()?.open === true) throw new LedgerError('LEDGER.MISUSE', 'The ledger was called from within one of its own transactions, which would wait for itself for ever');
    return this.turns.runExclusive(async () => {
      if (this.broken !== null) throw this.broken;
      const place = { open: true };
      try {
        this.options.guard?.check();
        return await this.inside.run(place, work);
      } catch (error) {
        this.abandon();
        throw this.judge(error);
      } finally {
        place.open = false;
      }
    });
  }

  /** Not the runner's own start: it begins a deferred transaction, which can fail for a lock in the middle of its work. */
  private begin(): void {
    this.own.begin.run();
    this.setTransaction(true);
    const row = this.own.canary.get() as CanaryRow | undefined;
    if (row?.ledgerId !== this.options.ledgerId) throw new LedgerError('LEDGER.REPLACED', `${this.path} is no longer the ledger that was opened. Stop the bot and restore the newest backup`);
    if (this.fencingToken > 0 && row.token !== this.fencingToken) {
      throw new InstanceLocked('LOCK.LOST', `This process no longer holds the lease of ${this.path}: ${row.holder ?? 'another process'} took it over. Nothing was written`);
    }
  }

  /** After a fault: whatever SQLite left open is undone. It may have rolled back by itself. */
  private abandon(): void {
    try {
      if (this.native.open && this.native.inTransaction) this.native.exec('ROLLBACK');
    } catch (error) {
      this.broken ??= new LedgerError('LEDGER.IO', `A transaction on ${this.path} could not be rolled back`, { cause: error });
    }
    this.setTransaction(false);
  }

  private judge(error: unknown): unknown {
    const known = ledgerErrorOf(error, this.path);
    if (isLasting(known)) this.broken ??= known;
    return known;
  }

  /** Tells TypeORM what is true, so that its own operations join the transaction instead of beginning another. */
  private setTransaction(active: boolean): void {
    const state = this.parts.runner as unknown as { isTransactionActive: boolean; transactionDepth: number };
    state.isTransactionActive = active;
    state.transactionDepth = active ? 1 : 0;
  }

  private watchLoop(): { passed: () => boolean; end: () => void } {
    let passed = false;
    const immediate = setImmediate(() => {
      passed = true;
    });
    return { passed: () => passed, end: () => clearImmediate(immediate) };
  }
}
