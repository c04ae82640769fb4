import type { Exchange } from 'ccxt';

import type { Finding } from '../../../src/domain/finding.js';
import type { MarketRules } from '../../../src/domain/market-rules.js';
import { BinanceDialect } from '../../../src/exchange/binance-dialect.js';
import { CcxtTradingClient } from '../../../src/exchange/ccxt-trading-client.js';
import type { TradingClient } from '../../../src/exchange/trading-client.js';
import { BinanceExecutor } from '../../../src/execution/binance-executor.js';
import { RecordingExecutor, type OrderPlan, type RecordedOrder, type TracePoint } from '../../../src/execution/recording-executor.js';
import { OrderSettler, type Settled } from '../../../src/execution/settle-orders.js';
import { WorkingOrders } from '../../../src/execution/working-orders.js';
import { exportLedger } from '../../../src/persistence/export-ledger.js';
import type { OrderEntity } from '../../../src/persistence/entities/order.entity.js';
import type { LedgerDatabase } from '../../../src/persistence/ledger-database.js';
import { openMemoryLedger } from '../../../src/persistence/open-ledger.js';
import { FillQueries } from '../../../src/persistence/repositories/fill-queries.js';
import { OrderRepository } from '../../../src/persistence/repositories/order-repository.js';
import { TradeRepository } from '../../../src/persistence/repositories/trade-repository.js';
import { ccxtFor, IN_PROCESS_URL } from '../exchange/ccxt-client.js';
import { FakeBinance, type FakeConfig, type JournalEntry } from '../exchange/fake-binance.js';
import type { BotLedger } from '../exchange/oracle/bot-export.js';
import type { Assertion } from '../exchange/oracle/assertions.js';
import type { FaultRule } from '../exchange/faults/rule.js';
import { VirtualClock } from '../virtual-clock.js';
import { newPlan } from './plans.js';

export const BOOK = { botId: 'bot-1', mode: 'live' } as const;
export const MARKET = { ...BOOK, exchange: 'binance', symbol: 'BTC/USDT' } as const;

/** One tick's worth of waiting, ms. */
export const TICK_BUDGET_MS = 30_000;
const CALL_MS = 15_000;
const RECV_WINDOW_MS = 5000;
const OPEN_ORDER_TIMEOUT_MS = 60_000;

export const ON_ORDER = { method: 'POST', path: '^/api/v3/order$' };
export const ON_CANCEL = { method: 'DELETE', path: '^/api/v3/order$' };
export const ON_LOOK_UP = { method: 'GET', path: '^/api/v3/order$' };

/** Everything between a plan and the exchange, real but for the exchange: ccxt, its client, executors, settler, ledger in memory. */
export class Desk {
  readonly clock: VirtualClock;
  readonly client: TradingClient;
  readonly executor: BinanceExecutor;
  readonly orders: OrderRepository;
  readonly fills: FillQueries;
  readonly trades: TradeRepository;
  readonly working: WorkingOrders;
  settler: OrderSettler;
  private trace: (point: TracePoint) => void = () => {};

  private constructor(
    readonly exchange: FakeBinance,
    readonly database: LedgerDatabase,
    settings: object = {},
  ) {
    this.clock = new VirtualClock(exchange);
    const library = ccxtFor(exchange, { number: String, maxRetriesOnFailure: 0, options: { fetchMarkets: { types: ['spot'] }, fetchCurrencies: false, fetchMargins: false, recvWindow: RECV_WINDOW_MS }, ...settings }, { timeoutMs: CALL_MS, bodyTimeoutMs: CALL_MS });
    this.client = new CcxtTradingClient(library as unknown as Exchange, new BinanceDialect(library as unknown as Exchange), { origins: new Set([IN_PROCESS_URL]), timeoutMs: CALL_MS, origin: IN_PROCESS_URL, recvWindowMs: RECV_WINDOW_MS, monotonic: () => this.clock.monotonic() });
    this.executor = new BinanceExecutor(this.client, this.clock);
    this.orders = new OrderRepository(database);
    this.fills = new FillQueries(database);
    this.trades = new TradeRepository(database);
    this.working = new WorkingOrders(this.executor, this.orders, OPEN_ORDER_TIMEOUT_MS);
    this.settler = this.newSettler();
  }

  static async open(config: FakeConfig = {}): Promise<Desk> {
    return new Desk(new FakeBinance({ symbols: ['BTCUSDT'], feed: { BTCUSDT: { volBps: 0 } }, balances: { USDT: '10000', BTC: '0' }, ...config }), await openMemoryLedger());
  }

  /** Another process on the same account and ledger. @param settings ccxt's own, e.g. another secret */
  static on({ exchange, database }: Pick<Desk, 'exchange' | 'database'>, settings: object = {}): Desk {
    return new Desk(exchange, database, settings);
  }

  /** What lives in memory is gone; the ledger stays. */
  restart(): void {
    this.trace = () => {};
    this.settler = this.newSettler();
  }

  crashAt(point: TracePoint): void {
    this.trace = (at) => {
      if (at === point) throw new Error('crash');
    };
  }

  strike(...rules: FaultRule[]): void {
    this.exchange.control({ command: 'faults', rules });
  }

  clearFaults(): void {
    this.exchange.control({ command: 'clearFaults' });
  }

  /** Plans as a tick does, with the account as it is, and sends. */
  async place(n: number, changes: Partial<OrderPlan> = {}): Promise<RecordedOrder> {
    const plan = newPlan(n, { balancesBefore: await this.client.balances(), lastTradeIdBefore: await this.lastTradeId(), rules: await this.rules(), ...changes });
    return new RecordingExecutor(this.executor, this.orders, this.clock, (point) => this.trace(point)).execute(plan, this.exchange.now);
  }

  settle(order: OrderEntity, budgetMs = TICK_BUDGET_MS): Promise<Settled> {
    return this.settler.settle(order, { serverTime: this.exchange.now, budgetMs });
  }

  /** As one tick a minute does, until the outcome is known or a person is wanted. */
  async settleOverTicks(order: OrderEntity, ticks = 5): Promise<Settled> {
    let settled: Settled = { order, finding: null };
    for (let tick = 0; tick < ticks; tick++) {
      settled = await this.settle(settled.order);
      if (settled.finding === null || settled.finding.stops === 'halt') return settled;
      this.exchange.advance(60_000);
    }
    return settled;
  }

  follow(order: OrderEntity): Promise<Settled> {
    return this.working.follow(order, this.exchange.now);
  }

  withdraw(order: OrderEntity): Promise<Settled> {
    return this.working.withdraw(order, this.exchange.now);
  }

  rules(): Promise<MarketRules> {
    return this.client.rules('BTC/USDT');
  }

  async position(): Promise<string> {
    return (await this.trades.position(MARKET)).quantity;
  }

  /** Requests that reached the exchange, by method and path. */
  requests(method: string, path: string): Extract<JournalEntry, { type: 'request' }>[] {
    return this.exchange.journal.filter((entry) => entry.type === 'request').filter((entry) => entry.method === method && entry.path === path);
  }

  posts(): number {
    return this.requests('POST', '/api/v3/order').length;
  }

  /** Executed orders and trades are in the ledger as they are on the exchange, once; nothing was sold that was not bought. */
  async problems(): Promise<string[]> {
    const ledger = await this.ledger();
    const assertions: Assertion[] = [
      { name: 'conservation' },
      { name: 'oneOrderPerIntent', args: { prefix: 'tb-', ledger } },
      { name: 'ledgerEqual', args: { ledger } },
      { name: 'neverShortOwn', args: { symbol: 'BTCUSDT' } },
    ];
    const problems = assertions.flatMap((assertion) => (this.exchange.control({ command: 'assert', ...assertion }) as { problems: string[] }).problems);
    const unmoved = ledger.orders.filter(({ status }) => ['REFUSED', 'ABSENT', 'NOT_SENT'].includes(status ?? '')).map(({ clientOrderId }) => clientOrderId);
    const executed = this.exchange.journal.filter((entry) => entry.type === 'order').filter(({ orderId }) => this.exchange.journal.some((entry) => entry.type === 'fill' && entry.orderId === orderId));
    return [...problems, ...executed.filter(({ clientOrderId }) => unmoved.includes(clientOrderId)).map(({ clientOrderId }) => `${clientOrderId} was executed, and the ledger says that it was not`)];
  }

  async ledger(): Promise<BotLedger> {
    const parts: string[] = [];
    await this.database.read(async (view) => {
      for await (const part of exportLedger(view, { botId: 'bot-1', mode: 'live', exchange: 'binance' })) parts.push(part);
    });
    return JSON.parse(parts.join('')) as BotLedger;
  }

  close(): Promise<void> {
    return this.database.close();
  }

  private newSettler(): OrderSettler {
    return new OrderSettler({ executor: this.executor, account: this.client, orders: this.orders, clock: this.clock, recvWindowMs: RECV_WINDOW_MS });
  }

  private async lastTradeId(): Promise<string | null> {
    const trades = await this.client.tradesAfter('BTC/USDT', null, this.exchange.now - 3_600_000);
    return trades.at(-1)?.tradeId ?? null;
  }
}

/** Words of a finding that tests look at. */
export function codeOf(finding: Finding | null): string | null {
  return finding === null ? null : `${finding.code} ${finding.stops}`;
}
