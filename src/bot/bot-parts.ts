import type { CandleSource, DataHandler } from '../data/data-handler.js';
import type { Clock } from '../domain/clock.js';
import type { OrderPlan, RecordedOrder } from '../execution/recording-executor.js';
import type { Reconciliation } from '../execution/reconciliation.js';
import type { BotStateRepository } from '../persistence/repositories/bot-state-repository.js';
import type { OrderQueries } from '../persistence/repositories/order-repository.js';
import type { SignalRepository } from '../persistence/repositories/signal-repository.js';
import type { TradeRepository } from '../persistence/repositories/trade-repository.js';
import type { Proposal, RiskFacts, RiskLevel, Verdict } from '../risk/risk-types.js';
import type { BoundStrategy } from '../strategy/trading-strategy.js';
import type { OrderMaker } from './order-maker.js';

export interface Reconciles {
  /** @throws ExchangeError when what it needs cannot be read */
  reconcile(nowMs: number): Promise<Reconciliation>;
  /** At the end of a tick: an order may have been told to leave the exchange alone. */
  keepWaits(): Promise<void>;
}

export interface Executes {
  /** @throws LedgerError, InstanceLocked */
  execute(plan: OrderPlan, nowMs: number): Promise<RecordedOrder>;
}

/** The risk gate. */
export interface Judges {
  /** Looks at the kill switch and at what an operator asked for; at the begin of every tick, whatever else fails in it. */
  attend(nowMs: number): Promise<unknown>;
  /** What was found, and the limits of loss: once per tick, order or not. */
  watch(facts: RiskFacts): Promise<unknown>;
  judge(proposal: Proposal, facts: RiskFacts): Promise<Verdict>;
}

/** Where the gate stands, kept in the ledger. */
export interface Levels {
  level(): Promise<RiskLevel>;
  /** Until a person resumes. The first reason stays. */
  halt(code: string, reason: string, nowMs: number): Promise<unknown>;
  noteTick(outcome: 'ok' | 'error', nowMs: number): Promise<unknown>;
}

export interface BotParts {
  readonly reconciler: Reconciles;
  readonly data: DataHandler;
  readonly strategy: BoundStrategy;
  readonly gate: Judges;
  readonly levels: Levels;
  readonly maker: OrderMaker;
  readonly executor: Executes;
  readonly signals: SignalRepository;
  readonly orders: OrderQueries;
  readonly trades: TradeRepository;
  readonly events: BotStateRepository;
  readonly clock: Clock;
}

export interface BotSettings {
  readonly source: CandleSource;
  /** ms that one tick may take before it begins nothing new. */
  readonly deadlineMs: number;
  /** ms after the close of the next candle at which an entry is dropped. */
  readonly graceMs: number;
  /** Entries are made although candles are missing in the window, as a backtest does; live never. */
  readonly entriesOverGaps: boolean;
}
