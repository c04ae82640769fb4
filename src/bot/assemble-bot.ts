import type { BotConfig } from '../config/bot-config.js';
import { costsOf } from '../config/costs-of.js';
import type { CandleSource, DataHandler } from '../data/data-handler.js';
import type { Clock } from '../domain/clock.js';
import { TradingClient, type TradingAccount } from '../exchange/trading-client.js';
import type { Executor } from '../execution/executor.js';
import { Reconciler } from '../execution/reconciler.js';
import { RecordingExecutor, type TracePoint } from '../execution/recording-executor.js';
import { OrderSettler } from '../execution/settle-orders.js';
import { WorkingOrders } from '../execution/working-orders.js';
import type { LedgerDatabase } from '../persistence/ledger-database.js';
import { BotStateRepository } from '../persistence/repositories/bot-state-repository.js';
import { OrderRepository } from '../persistence/repositories/order-repository.js';
import { ReconcileRepository } from '../persistence/repositories/reconcile-repository.js';
import { RiskLedger } from '../persistence/repositories/risk-facts.js';
import { SignalRepository } from '../persistence/repositories/signal-repository.js';
import { TradeRepository } from '../persistence/repositories/trade-repository.js';
import type { KillSwitch } from '../risk/kill-switch.js';
import { limitsOf } from '../risk/limits.js';
import { RiskGate, type RiskGateParts } from '../risk/risk-gate.js';
import { RiskStates } from '../risk/risk-states.js';
import type { BoundStrategy } from '../strategy/trading-strategy.js';
import type { Book } from './book.js';
import { OrderMaker, type EntryPrices } from './order-maker.js';
import { TradingBot } from './trading-bot.js';

/** What a bot is made of that differs between live, paper and a simulation. */
export interface BotNeeds {
  readonly config: BotConfig;
  readonly strategy: BoundStrategy;
  readonly data: DataHandler;
  readonly source: CandleSource;
  readonly database: LedgerDatabase;
  readonly account: TradingAccount;
  readonly executor: Executor;
  readonly prices: EntryPrices;
  readonly killSwitch: KillSwitch;
  readonly requests: RiskGateParts['requests'];
  readonly allowWithdrawals: boolean;
  readonly clock: Clock;
  /** Uniform on [0, 1). */
  readonly random: () => number;
  /** A simulation may end the process at each point. */
  readonly trace?: (point: TracePoint) => void;
  /** A replay of recorded candles enters although some are missing, as a backtest does; the service does not. */
  readonly entriesOverGaps?: boolean;
}

/** A bot, and those of its parts that whoever runs it talks to. */
export interface AssembledBot {
  readonly bot: TradingBot;
  readonly states: RiskStates;
  readonly events: BotStateRepository;
  readonly reconciler: Reconciler;
  readonly orders: OrderRepository;
  readonly trades: TradeRepository;
  readonly signals: SignalRepository;
}

/** Puts a bot together. Nothing is asked and nothing is sent here. */
export function assembleBot(needs: BotNeeds): AssembledBot {
  const { config, strategy, data, source, database, account, executor, prices, killSwitch, requests, allowWithdrawals, clock, random, trace, entriesOverGaps = false } = needs;
  const { botId, symbol, timeframe, risk, execution, exchange, backtest, schedule } = config;
  const book: Book = { botId, mode: executor.mode, exchange: executor.exchange, symbol, timeframe };
  const orders = new OrderRepository(database);
  const trades = new TradeRepository(database);
  const signals = new SignalRepository(database);
  const events = new BotStateRepository(database);
  const riskLedger = new RiskLedger(database);
  const states = new RiskStates(riskLedger, book);
  const gate = new RiskGate({ key: book, limits: limitsOf(risk), ledger: riskLedger, states, killSwitch, requests });
  const recvWindowMs = account instanceof TradingClient ? account.recvWindowMs : exchange.recvWindowMs;
  const reconciler = new Reconciler({
    account,
    settler: new OrderSettler({ executor, account, orders, clock, recvWindowMs }),
    working: new WorkingOrders(executor, orders, execution.openOrderTimeoutSeconds * 1000),
    orders,
    trades,
    ledger: new ReconcileRepository(database),
    book: { ...book, strategy: strategy.name },
    clock,
    random,
    allowWithdrawals,
  });
  const maker = new OrderMaker(book, strategy.name, prices, {
    maxPositionQuote: risk.maxPositionSizeUsd,
    costs: costsOf(backtest),
    orderType: execution.orderType,
    slippageCapBps: execution.slippageCapBps,
  });
  const recording = new RecordingExecutor(executor, orders, clock, trace);
  const settings = { source, deadlineMs: execution.tickDeadlineSeconds * 1000, graceMs: schedule.delaySeconds * 1000, entriesOverGaps };
  const bot = new TradingBot(book, { reconciler, data, strategy, gate, levels: states, maker, executor: recording, signals, orders, trades, events, clock }, settings);
  return { bot, states, events, reconciler, orders, trades, signals };
}
