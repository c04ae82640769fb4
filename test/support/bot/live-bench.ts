import { assembleBot, type AssembledBot } from '../../../src/bot/assemble-bot.js';
import { AskPrices } from '../../../src/bot/entry-prices.js';
import type { TickReport } from '../../../src/bot/tick-report.js';
import type { BotConfig } from '../../../src/config/bot-config.js';
import { resolveConfig } from '../../../src/config/resolve-config.js';
import type { DataHandler } from '../../../src/data/data-handler.js';
import { Secret } from '../../../src/domain/secret.js';
import { openTradingClient } from '../../../src/exchange/trading-clients.js';
import { BinanceExecutor } from '../../../src/execution/binance-executor.js';
import type { TracePoint } from '../../../src/execution/recording-executor.js';
import type { LedgerDatabase } from '../../../src/persistence/ledger-database.js';
import { openMemoryLedger } from '../../../src/persistence/open-ledger.js';
import type { BoundStrategy } from '../../../src/strategy/trading-strategy.js';
import { DEFAULT_KEY, DEFAULT_SECRET, type FakeConfig } from '../exchange/config/config.js';
import { IN_PROCESS_URL } from '../exchange/ccxt-client.js';
import type { FakeBinance } from '../exchange/fake-binance.js';
import type { Effect } from '../exchange/faults/effect.js';
import type { FaultRule } from '../exchange/faults/rule.js';
import { fetchFor } from '../exchange/in-process.js';
import { hour, HOUR, MarketDataBench } from '../market-data-bench.js';
import { VirtualClock } from '../virtual-clock.js';

export interface LiveBenchOptions {
  readonly exchange?: FakeConfig;
  readonly settings?: Record<string, unknown>;
  readonly database?: LedgerDatabase;
  readonly trace?: (point: TracePoint) => void;
}

const TIMEOUT_MS = 10_000;

/** The whole live bot over the real exchange library and the test exchange, in-process, on hourly candles and under the exchange's clock. */
export class LiveBench {
  readonly market: MarketDataBench;
  readonly clock: VirtualClock;
  readonly config: BotConfig;
  parts: AssembledBot;
  /** Asked for candles; a test may put something else in its place before `restart`. */
  data: DataHandler;

  private constructor(
    folder: string,
    readonly database: LedgerDatabase,
    private readonly options: LiveBenchOptions,
  ) {
    this.market = new MarketDataBench(folder, { config: { balances: { USDT: '10000' }, ...options.exchange } });
    this.clock = new VirtualClock(this.market.exchange);
    this.data = this.market.data;
    const settings = { execution_mode: 'live', timeframe: '1h', symbol: 'BTC/USDT', ...options.settings };
    this.config = resolveConfig({ name: 'test', settings }, {}, []).config;
  }

  static async open(folder: string, strategy: BoundStrategy, options: LiveBenchOptions = {}): Promise<LiveBench> {
    const bench = new LiveBench(folder, options.database ?? (await openMemoryLedger()), options);
    await bench.restart(strategy);
    return bench;
  }

  get exchange(): FakeBinance {
    return this.market.exchange;
  }

  /** A new process on the same ledger. */
  async restart(strategy: BoundStrategy, { config = this.config, trace = this.options.trace }: { config?: BotConfig; trace?: (point: TracePoint) => void } = {}): Promise<void> {
    const { exchange, clock } = this;
    const client = await openTradingClient({
      exchange: 'binance',
      credentials: { apiKey: Secret.of(DEFAULT_KEY), secret: Secret.of(DEFAULT_SECRET) },
      timeoutMs: TIMEOUT_MS,
      recvWindowMs: 5000,
      environment: 'production',
      baseUrl: IN_PROCESS_URL,
      fetch: fetchFor(exchange, { timeoutMs: TIMEOUT_MS, bodyTimeoutMs: TIMEOUT_MS, onStall: 'reject' }),
      milliseconds: () => clock.now(),
      startDeadline: () => ({ over: new Promise(() => undefined), cancel: () => undefined }),
    });
    this.parts = assembleBot({
      config,
      strategy,
      data: this.data,
      source: this.market.source,
      database: this.database,
      account: client,
      executor: new BinanceExecutor(client, clock),
      prices: new AskPrices(),
      killSwitch: { isThrown: () => ({ thrown: false, by: null }) },
      requests: null,
      allowWithdrawals: false,
      clock,
      random: () => 0.5,
      ...(trace === undefined ? {} : { trace }),
    });
  }

  /** Waits until so long after the close of an hour, counted from the one that forms when the bench opens. */
  async at(bar: number, lateMs = 5000): Promise<void> {
    await this.clock.sleep(hour(bar) + HOUR + lateMs - this.exchange.now);
  }

  async tick(bar: number, lateMs = 5000): Promise<TickReport> {
    await this.at(bar, lateMs);
    return this.parts.bot.runOnce(this.clock.now());
  }

  spoil(effect: Effect, rule: Omit<FaultRule, 'effect'> = {}): void {
    this.market.spoil(effect, rule);
  }

  heal(): void {
    this.market.heal();
  }

  /** How many orders were sent so far. */
  get posts(): number {
    return this.market.requests.filter(({ method, path }) => method === 'POST' && path === '/api/v3/order').length;
  }
}
