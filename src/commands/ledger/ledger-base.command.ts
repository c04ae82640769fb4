import { Injectable } from '@nestjs/common';

import { ConfigLoader } from '../../config/config-loader.service.js';
import type { LedgerQueries } from '../../persistence/read-ledger.js';
import type { LedgerFilter, Page } from '../../persistence/repositories/page.js';
import { BaseCommand } from '../base.command.js';
import { configFileOf } from '../data/data-flags.js';
import { givenFlags } from '../setting-flags.decorator.js';
import { csv, jsonRows, table, type Column } from './columns.js';
import { filterOf, LEDGER_DIR, type Options } from './ledger-flags.decorator.js';

/** Answers from a ledger, beside a bot that may be writing it. */
@Injectable()
export abstract class LedgerCommand extends BaseCommand {
  constructor(protected readonly configs: ConfigLoader) {
    super();
  }

  protected dataDir(options: Options): string {
    return this.configs.load(givenFlags(LEDGER_DIR, options), configFileOf(options)).config.storage.dataDir;
  }

  /** The database is loaded when it is asked for: no other command pays for it. */
  protected async ask<T>(dataDir: string, work: (queries: LedgerQueries) => Promise<T>): Promise<T> {
    const { readLedger } = await import('../../persistence/read-ledger.js');
    return readLedger(dataDir, work);
  }
}

/** A list of one kind of row, newest first, as a table, JSON or CSV. */
export abstract class LedgerListCommand<R, F extends LedgerFilter = LedgerFilter> extends LedgerCommand {
  protected abstract readonly columns: readonly Column<R>[];
  /** In the plural: `trades`. */
  protected abstract readonly what: string;

  protected abstract list(queries: LedgerQueries, filter: F, page: Page): Promise<R[]>;

  /** Adds what only this list can be narrowed by. @throws ConfigError before the ledger is opened */
  protected narrowed(filter: LedgerFilter, _options: Options): F {
    return filter as F;
  }

  async run(_args: string[], options: Options): Promise<void> {
    const { filter, page } = filterOf(options);
    const wanted = this.narrowed(filter, options);
    const found = await this.ask(this.dataDir(options), (queries) => this.list(queries, wanted, { ...page, limit: page.limit + 1 }));
    const rows = found.slice(0, page.limit);
    if (options['json'] === true) this.print(JSON.stringify(jsonRows(rows, this.columns), null, 2));
    else if (options['csv'] === true) this.print(csv(rows, this.columns));
    else if (rows.length === 0) this.print(`No ${this.what}${page.offset > 0 ? ' that far back' : ''}.`);
    else this.print(table(rows, this.columns));
    if (found.length > page.limit) this.say(`The newest ${rows.length}${page.offset > 0 ? ` after ${page.offset}` : ''}; more with --limit, older ones with --offset ${page.offset + page.limit}`);
  }
}
