import { assembleBot, type AssembledBot } from '../../../src/bot/assemble-bot.js';
import { PaperPrices } from '../../../src/bot/entry-prices.js';
import type { TickReport } from '../../../src/bot/tick-report.js';
import type { BotConfig } from '../../../src/config/bot-config.js';
import { resolveConfig } from '../../../src/config/resolve-config.js';
import { DataHandler, type History, type RecentQuery } from '../../../src/data/data-handler.js';
import type { Candles } from '../../../src/domain/candles.js';
import type { Executor } from '../../../src/execution/executor.js';
import { CandlePrices } from '../../../src/execution/paper/candle-prices.js';
import { paperDesk } from '../../../src/execution/paper/open-paper.js';
import { plainRules } from '../../../src/execution/paper/paper-market.js';
import { RecordedPaperMarket } from '../../../src/execution/paper/recorded-paper-market.js';
import type { TracePoint } from '../../../src/execution/recording-executor.js';
import type { LedgerDatabase } from '../../../src/persistence/ledger-database.js';
import { openMemoryLedger } from '../../../src/persistence/open-ledger.js';
import { TradeRepository } from '../../../src/persistence/repositories/trade-repository.js';
import type { BoundStrategy } from '../../../src/strategy/trading-strategy.js';
import { VirtualClock } from '../virtual-clock.js';

/** Candles lived through again: at every moment the ones that had closed by then. */
export class RecordedCandles extends DataHandler {
  /** Called before each answer; may throw. */
  before: (query: RecentQuery) => void = () => {};
  /** Changes an answer. */
  spoil: (candles: Candles) => Candles = (candles) => candles;

  constructor(private readonly candles: Candles) {
    super();
  }

  async history(): Promise<History> {
    return Promise.resolve({ candles: this.candles, from: 0 });
  }

  async recent(query: RecentQuery): Promise<Candles> {
    this.before(query);
    const closed = this.candles.indexFrom(query.nowMs - this.candles.timeframeMs + 1);
    return Promise.resolve(this.spoil(this.candles.slice(Math.max(0, closed - query.bars), closed)));
  }
}

export interface PaperBenchOptions {
  readonly settings?: Record<string, unknown>;
  readonly database?: LedgerDatabase;
  readonly trace?: (point: TracePoint) => void;
  readonly entriesOverGaps?: boolean;
  readonly killed?: () => boolean;
  /** Least quantity and value of an order; 0.00001 and 5 where nothing is said. */
  readonly lot?: { readonly quantityStep: string; readonly minNotional: string };
  /** Puts something between the bot and the executor. */
  readonly wrap?: (executor: Executor) => Executor;
}

/** The whole bot on paper over recorded candles, in a ledger in memory, with time that only passes when it is told to. */
export class PaperBench {
  readonly clock: VirtualClock;
  readonly data: RecordedCandles;
  readonly config: BotConfig;

  private constructor(
    readonly candles: Candles,
    readonly database: LedgerDatabase,
    strategy: BoundStrategy,
    private readonly options: PaperBenchOptions,
  ) {
    this.config = resolveConfig({ name: 'test', settings: { timeframe: candles.timeframe, symbol: candles.symbol, ...options.settings } }, {}, []).config;
    this.clock = new VirtualClock(null, candles.openTime[0]);
    this.data = new RecordedCandles(candles);
    this.restart(strategy);
  }

  parts: AssembledBot;

  static async open(candles: Candles, strategy: BoundStrategy, options: PaperBenchOptions = {}): Promise<PaperBench> {
    return new PaperBench(candles, options.database ?? (await openMemoryLedger()), strategy, options);
  }

  /** A new process on the same ledger: nothing that was in memory is left. */
  restart(strategy: BoundStrategy, config: BotConfig = this.config): void {
    const { lot = { quantityStep: '0.00001', minNotional: '5' } } = this.options;
    const rules = plainRules(config.symbol, { priceStep: '0', ...lot });
    const market = new RecordedPaperMarket(this.candles, rules, this.clock);
    const { account, executor } = paperDesk(config, market, new CandlePrices(this.candles), new TradeRepository(this.database));
    const { trace, entriesOverGaps, killed = () => false, wrap = (inner: Executor) => inner } = this.options;
    this.parts = assembleBot({
      config,
      strategy,
      data: this.data,
      source: { kind: 'built-in', seed: 1 },
      database: this.database,
      account,
      executor: wrap(executor),
      prices: new PaperPrices(executor, config.symbol),
      killSwitch: { isThrown: () => ({ thrown: killed(), by: killed() ? 'the test' : null }) },
      requests: null,
      allowWithdrawals: false,
      clock: this.clock,
      random: () => 0.5,
      entriesOverGaps,
      ...(trace === undefined ? {} : { trace }),
    });
  }

  /** Waits for a moment, e.g. 5 s after the close of bar 3: `at(3)`. */
  async at(bar: number, lateMs = 5000): Promise<void> {
    await this.clock.sleep(this.candles.openTime[0] + (bar + 1) * this.candles.timeframeMs + lateMs - this.clock.now());
  }

  /** The tick after the close of a bar. */
  async tick(bar: number, lateMs = 5000): Promise<TickReport> {
    await this.at(bar, lateMs);
    return this.parts.bot.runOnce(this.clock.now());
  }

  /** What became of all bars from one to another, one tick each. */
  async ticks(from: number, to: number): Promise<TickReport[]> {
    const reports: TickReport[] = [];
    for (let bar = from; bar <= to; bar++) reports.push(await this.tick(bar));
    return reports;
  }
}

/** A report in a few words: `traded SIGNAL.BUY`. */
export function brief({ outcome, reason }: TickReport): string {
  return `${outcome} ${reason}`;
}
