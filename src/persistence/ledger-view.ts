import type { ObjectLiteral, QueryRunner, SelectQueryBuilder } from 'typeorm';

import { LedgerError } from '../domain/errors.js';
import { insertSql, rowParameters, upsertSql, type EntityClass, type SqlValue } from './row-statements.js';

/** What a piece of work may do to read. Good for as long as the work lasts, and no longer. */
export class LedgerView {
  private closed = false;
  private readonly pending = new Set<Promise<unknown>>();

  constructor(protected readonly runner: QueryRunner) {}

  /** Typed rows of one entity. @param build conditions, order and page */
  async find<E extends ObjectLiteral>(entity: EntityClass<E>, build: (query: SelectQueryBuilder<E>) => SelectQueryBuilder<E>): Promise<E[]> {
    this.assertOpen();
    return this.count(build(this.runner.manager.createQueryBuilder(entity, 'row', this.runner)).getMany());
  }

  /** Rows of a statement that only reads. Columns come as they are stored: amounts as texts. */
  async rows<R extends object>(sql: string, parameters: readonly SqlValue[] = []): Promise<R[]> {
    return (await this.send(sql, parameters)) as R[];
  }

  /**
   * Nothing can be asked of it any more, and nothing that was asked is still under way when this resolves: a statement that nobody
   * waited for must not run after its transaction, on its own.
   *
   * @returns how many statements nobody had waited for
   */
  async end(): Promise<number> {
    this.closed = true;
    const forgotten = this.pending.size;
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

  protected async send(sql: string, parameters: readonly SqlValue[]): Promise<unknown> {
    this.assertOpen();
    return this.count(this.runner.query(sql, [...parameters]));
  }

  protected assertOpen(): void {
    if (this.closed) throw new LedgerError('LEDGER.MISUSE', 'A transaction was used after it had ended');
  }
}

/** What a piece of work may do to write: everything in it is committed together, or nothing is. */
export class LedgerTransaction extends LedgerView {
  constructor(
    runner: QueryRunner,
    /** Token of the lease that this transaction was checked against; 0 without an instance lock. */
    readonly fencingToken: number,
  ) {
    super(runner);
  }

  /** @returns the row id, where the database gives one */
  async insert<E extends ObjectLiteral>(entity: EntityClass<E>, row: Partial<E>): Promise<number> {
    const { dataSource } = this.runner;
    return Number(await this.send(insertSql(dataSource, entity), rowParameters(dataSource, entity, row)));
  }

  /** Inserts, or replaces the row with the same primary key. */
  async upsert<E extends ObjectLiteral>(entity: EntityClass<E>, row: Partial<E>): Promise<void> {
    const { dataSource } = this.runner;
    await this.send(upsertSql(dataSource, entity), rowParameters(dataSource, entity, row));
  }

  /** A statement that changes rows. */
  async change(sql: string, parameters: readonly SqlValue[]): Promise<void> {
    await this.send(sql, parameters);
  }
}
