import { RiskConfig } from '../../../src/config/bot-config.js';
import { Secret } from '../../../src/domain/secret.js';
import type { TradingClient } from '../../../src/exchange/trading-client.js';
import { openTradingClient } from '../../../src/exchange/trading-clients.js';
import { BinanceExecutor } from '../../../src/execution/binance-executor.js';
import { Reconciler } from '../../../src/execution/reconciler.js';
import { RecordingExecutor } from '../../../src/execution/recording-executor.js';
import { OrderSettler } from '../../../src/execution/settle-orders.js';
import { WorkingOrders } from '../../../src/execution/working-orders.js';
import { OperatorFiles } from '../../../src/files/operator-files.js';
import type { Ledger } from '../../../src/persistence/open-ledger.js';
import { AdjustmentRepository } from '../../../src/persistence/repositories/adjustment-repository.js';
import { OrderRepository } from '../../../src/persistence/repositories/order-repository.js';
import { ReconcileRepository } from '../../../src/persistence/repositories/reconcile-repository.js';
import { RiskLedger } from '../../../src/persistence/repositories/risk-facts.js';
import { SignalRepository } from '../../../src/persistence/repositories/signal-repository.js';
import { TradeRepository } from '../../../src/persistence/repositories/trade-repository.js';
import { OperatorKillSwitch } from '../../../src/risk/kill-switch.js';
import { limitsOf } from '../../../src/risk/limits.js';
import { RiskGate } from '../../../src/risk/risk-gate.js';
import { RiskStates } from '../../../src/risk/risk-states.js';
import { IN_PROCESS_URL } from '../../support/exchange/ccxt-client.js';
import { DEFAULT_KEY, DEFAULT_SECRET } from '../../support/exchange/config/config.js';
import { BOT_ID, POSITION_LIMIT, SYMBOL } from '../layer.js';
import type { SimulatedWorld } from '../world/simulated-world.js';

export const STRATEGY = 'drawn';
export const BOOK = { botId: BOT_ID, mode: 'live', exchange: 'binance', symbol: SYMBOL, timeframe: '5m', strategy: STRATEGY } as const;

const RECV_WINDOW_MS = 5000;
const CALL_MS = 15_000;
const OPEN_ORDER_MS = 60_000;

/** Everything between a decision and the exchange, made by the constructors that the bot uses. */
export interface TradingParts {
  readonly client: TradingClient;
  readonly orders: OrderRepository;
  readonly signals: SignalRepository;
  readonly trades: TradeRepository;
  readonly adjustments: AdjustmentRepository;
  readonly reconciler: Reconciler;
  readonly executor: RecordingExecutor;
  readonly states: RiskStates;
  readonly gate: RiskGate;
}

export async function assemble(world: SimulatedWorld, { database }: Ledger): Promise<TradingParts> {
  const { clock } = world;
  const client = await tradingClient(world);
  const inner = new BinanceExecutor(client, clock);
  const orders = new OrderRepository(database);
  const trades = new TradeRepository(database);
  const riskLedger = new RiskLedger(database);
  const states = new RiskStates(riskLedger, BOOK);
  const requests = new OperatorFiles(world.storage.folder, 'KILL');
  return {
    client,
    orders,
    trades,
    signals: new SignalRepository(database),
    adjustments: new AdjustmentRepository(database),
    reconciler: new Reconciler({
      account: client,
      settler: new OrderSettler({ executor: inner, account: client, orders, clock, recvWindowMs: RECV_WINDOW_MS }),
      working: new WorkingOrders(inner, orders, OPEN_ORDER_MS),
      orders,
      trades,
      ledger: new ReconcileRepository(database),
      book: BOOK,
      clock,
      random: () => world.draws.nextU32() / 2 ** 32,
      allowWithdrawals: false,
    }),
    executor: new RecordingExecutor(inner, orders, clock),
    states,
    gate: new RiskGate({ key: BOOK, limits: limitsOf(riskOf(world)), ledger: riskLedger, states, killSwitch: new OperatorKillSwitch(requests, {}), requests }),
  };
}

/** Real ccxt over the world's line. Its deadlines are those of the line, which runs on virtual time; a timer of the machine would never fit. */
export function tradingClient({ clock, wire }: SimulatedWorld): Promise<TradingClient> {
  return openTradingClient({
    exchange: 'binance',
    credentials: { apiKey: Secret.of(DEFAULT_KEY), secret: Secret.of(DEFAULT_SECRET) },
    timeoutMs: CALL_MS,
    recvWindowMs: RECV_WINDOW_MS,
    environment: 'production',
    baseUrl: IN_PROCESS_URL,
    fetch: wire.fetch,
    milliseconds: () => clock.now(),
    monotonic: () => clock.monotonic(),
    startDeadline: () => ({ over: new Promise(() => undefined), cancel: () => undefined }),
  });
}

/** Loose where the decisions are drawn, for a bot that a limit of loss has halted shows nothing; every third seed has them. */
export function riskOf({ seed }: SimulatedWorld): RiskConfig {
  const losses = seed % 3 === 1 ? {} : { maxDailyLossUsd: 0, maxDrawdownUsd: 0, maxConsecutiveLosses: 0 };
  return Object.assign(new RiskConfig(), { maxPositionSizeUsd: POSITION_LIMIT, maxOrdersPerHour: 60, maxOrdersPerDay: 1000, ...losses });
}
