import type { ObjectLiteral, QueryRunner, SelectQueryBuilder } from 'typeorm';

import { LedgerError } from '../domain/errors.js';
import { redact } from '../domain/redact.js';
import { insertSql, rowParameters, upsertSql, type EntityClass, type SqlValue } from './row-statements.js';
import type { Statements } from './statements.js';

// Taken once: what replaces the timers of a process must not hold up its ledger.
const { nextTick } = process;

/** The connection that a view asks through. */
export interface ViewParts {
  readonly runner: QueryRunner;
  readonly statements: Statements;
}

/** What a piece of work may do to read. Good for as long as the work lasts, and no longer. */
export class LedgerView {
  private closed = false;
  private guarded = false;
  private readonly pending = new Set<Promise<unknown>>();
  /** Statements that have been carried out, and whose answer nobody can have had yet. */
  protected unanswered = 0;

  /** @param guard called before the first statement that TypeORM composes: from then on the connection refuses to write */
  constructor(
    protected readonly parts: ViewParts,
    private readonly guard: () => void = () => {},
  ) {}

  /** Whether the guard was called. */
  get isGuarded(): boolean {
    return this.guarded;
  }

  /** Typed rows of one entity, where the conditions are put together anew each time. @param build conditions, order and page */
  async find<E extends ObjectLiteral>(entity: EntityClass<E>, build: (query: SelectQueryBuilder<E>) => SelectQueryBuilder<E>): Promise<E[]> {
    this.assertOpen();
    if (!this.guarded) this.guard();
    this.guarded = true;
    const { runner } = this.parts;
    return this.count(build(runner.manager.createQueryBuilder(entity, 'row', runner)).getMany());
  }

  /**
   * The same rows for conditions that are always the same: a tenth of the time.
   *
   * @param where what stands behind WHERE, e.g. `row.botId = :botId ORDER BY row.id`; `row.state IN (:...states)` takes a list
   * @param parameters a value for each name; more do no harm
   */
  async select<E extends ObjectLiteral>(entity: EntityClass<E>, where: string, parameters: object): Promise<E[]> {
    return this.carryOut(() => this.parts.statements.select(entity, where, parameters));
  }

  /** Rows of a statement that only reads. Columns come as they are stored: amounts as texts. */
  async rows<R extends object>(sql: string, parameters: readonly SqlValue[] = []): Promise<R[]> {
    return this.carryOut(() => {
      const statement = this.parts.statements.prepared(sql);
      if (!statement.readonly || !statement.reader) throw new LedgerError('LEDGER.READ_ONLY', `A statement that does not only read was asked for its rows; nothing was written: ${sql}`);
      return statement.all(parameters) as R[];
    });
  }

  /**
   * Nothing can be asked of it any more, and nothing that was asked is still under way when this resolves: a statement that nobody
   * waited for must not run after its transaction, on its own.
   *
   * @returns how many statements nobody had waited for
   */
  async end(): Promise<number> {
    this.closed = true;
    const forgotten = this.pending.size + this.unanswered;
    await Promise.allSettled(this.pending);
    return forgotten;
  }

  private async count<T>(statement: Promise<T>): Promise<T> {
    this.pending.add(statement);
    try {
      return await statement;
    } finally {
      this.pending.delete(statement);
    }
  }

  /** SQLite answers at once, so nothing that only reads can be left under way. */
  protected async carryOut<T>(statement: () => T): Promise<T> {
    this.assertOpen();
    return statement();
  }

  protected assertOpen(): void {
    if (this.closed) throw new LedgerError('LEDGER.MISUSE', 'A transaction was used after it had ended');
  }
}

/** What a piece of work may do to write: everything in it is committed together, or nothing is. */
export class LedgerTransaction extends LedgerView {
  constructor(
    parts: ViewParts,
    private readonly source: QueryRunner['dataSource'],
    /** Token of the lease that this transaction was checked against; 0 without an instance lock. */
    readonly fencingToken: number,
  ) {
    super(parts);
  }

  /** @returns the row id, where the database gives one */
  async insert<E extends ObjectLiteral>(entity: EntityClass<E>, row: Partial<E>): Promise<number> {
    return this.write(insertSql(this.source, entity), rowParameters(this.source, entity, row));
  }

  /** Inserts, or replaces the row with the same primary key. */
  async upsert<E extends ObjectLiteral>(entity: EntityClass<E>, row: Partial<E>): Promise<void> {
    await this.write(upsertSql(this.source, entity), rowParameters(this.source, entity, row));
  }

  /** A statement that changes rows. */
  async change(sql: string, parameters: readonly SqlValue[]): Promise<void> {
    await this.write(sql, parameters);
  }

  /** The second door of every text on its way to the disk: a reason may hold what an exchange has said. */
  private async write(sql: string, parameters: readonly SqlValue[]): Promise<number> {
    return this.carryOut(() => Number(this.parts.statements.prepared(sql).run(parameters.map((value) => (typeof value === 'string' ? redact(value) : value))).lastInsertRowid));
  }

  /**
   * The answer comes when everything else that could go on has done so, and before the event loop turns. So work that ends without having
   * waited for its last statement ends while that is still unanswered, however many promises lie between the two.
   */
  protected override async carryOut<T>(statement: () => T): Promise<T> {
    this.assertOpen();
    this.unanswered++;
    try {
      return statement();
    } finally {
      await new Promise<void>((resolve) => {
        nextTick(resolve);
      });
      this.unanswered--;
    }
  }
}
