import type { Reconciliation } from '../../../src/execution/reconciliation.js';
import { Reconciler, type ReconcileOptions } from '../../../src/execution/reconciler.js';
import { AdjustmentRepository } from '../../../src/persistence/repositories/adjustment-repository.js';
import { BotStateRepository } from '../../../src/persistence/repositories/bot-state-repository.js';
import { ReconcileRepository } from '../../../src/persistence/repositories/reconcile-repository.js';
import type { LedgerDatabase } from '../../../src/persistence/ledger-database.js';
import type { StateEffect } from '../exchange/faults/effect.js';
import type { FakeConfig } from '../exchange/fake-binance.js';
import { Desk, MARKET } from './desk.js';

export const TRADING_BOOK = { ...MARKET, strategy: 'sma_cross' } as const;
export const MINUTE = 60_000;
const ALL = { limit: 1000, offset: 0 };

/** A desk whose ledger is held against its account, as at every tick. */
export class Account {
  private reconciler: Reconciler;
  readonly adjustments: AdjustmentRepository;
  readonly state: BotStateRepository;

  private constructor(
    public desk: Desk,
    private readonly allowWithdrawals: boolean,
  ) {
    this.reconciler = this.newReconciler();
    this.adjustments = new AdjustmentRepository(desk.database);
    this.state = new BotStateRepository(desk.database);
  }

  static async open(config: FakeConfig = {}, { allowWithdrawals = false } = {}): Promise<Account> {
    return new Account(await Desk.open(config), allowWithdrawals);
  }

  static on(desk: Desk): Account {
    return new Account(desk, false);
  }

  /** A new process, with another client. */
  restart(settings: object = {}): void {
    this.desk = Desk.on(this.desk, settings);
    this.reconciler = this.newReconciler();
  }

  reconcile(options?: ReconcileOptions): Promise<Reconciliation> {
    return this.reconciler.reconcile(this.desk.clock.now(), options);
  }

  keepWaits(): Promise<void> {
    return this.reconciler.keepWaits();
  }

  /** One tick a minute; what a tick throws is its result. */
  async ticks(count: number): Promise<(Reconciliation | Error)[]> {
    const results: (Reconciliation | Error)[] = [];
    for (let tick = 0; tick < count; tick++) {
      results.push(await this.reconcile().catch((error: unknown) => error as Error));
      this.desk.exchange.advance(MINUTE);
    }
    return results;
  }

  effect(effect: StateEffect): void {
    this.desk.exchange.control({ command: 'effect', ...effect });
  }

  /** A person has looked, and wants to go on. */
  async resume(): Promise<void> {
    await this.state.recordEvent({ botId: MARKET.botId, mode: MARKET.mode, kind: 'resume', at: this.desk.exchange.now, configHash: null, details: { level: 'ACTIVE', by: 'test' } });
  }

  async events(kind: string): Promise<Readonly<Record<string, unknown>>[]> {
    return (await this.state.events(MARKET, ALL)).filter((event) => event.kind === kind).map(({ details }) => details);
  }

  async externals(): Promise<string[]> {
    return (await this.desk.fills.list({}, ALL)).filter(({ origin }) => origin === 'external').map(({ tradeId }) => tradeId);
  }

  close(): Promise<void> {
    return this.desk.close();
  }

  private newReconciler(): Reconciler {
    const { client: account, settler, working, orders, trades, clock, database } = this.desk;
    return new Reconciler({ account, settler, working, orders, trades, ledger: new ReconcileRepository(database), book: TRADING_BOOK, clock, random: () => 0.5, allowWithdrawals: this.allowWithdrawals });
  }
}

/** `CODE stops` of every finding. */
export function codes({ findings }: Pick<Reconciliation, 'findings'>): string[] {
  return findings.map(({ code, stops }) => `${code} ${stops}`);
}

/** Every row of every table. */
export async function rowsOf(database: LedgerDatabase): Promise<Record<string, object[]>> {
  return database.read(async (view) => {
    const tables = await view.rows<{ name: string }>(`SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name`);
    const rows: Record<string, object[]> = {};
    for (const { name } of tables) rows[name] = await view.rows(`SELECT * FROM "${name}" ORDER BY rowid`);
    return rows;
  });
}
