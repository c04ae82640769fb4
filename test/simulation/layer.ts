import type { Finding } from '../../src/domain/finding.js';
import type { Ledger } from '../../src/persistence/open-ledger.js';
import type { RiskLevel } from '../../src/risk/risk-types.js';
import type { SimulatedWorld } from './world/simulated-world.js';

/** How one tick ended, in the few words that a simulation needs. */
export interface TickSummary {
  readonly level: RiskLevel;
  /** Whether it came to its end with nothing against trading. */
  readonly isNormal: boolean;
  /** Why not. */
  readonly why: string;
  readonly findings: readonly Finding[];
  /** After how many ms it wants to look again before the next tick; null: not at all. */
  readonly lookAgainMs: number | null;
}

/** A process under test, from its start to its death. */
export interface RunningBot {
  tick(): Promise<TickSummary>;
  /** One more pass of reconciliation, as at any start. @returns changes made */
  reconcile(): Promise<number>;
  /** Where the persisted state stands. */
  level(): Promise<RiskLevel>;
  /** What a person does who has looked: accepts what moved by hand, and lets the bot go on. @returns coins added to the position, a signed decimal; `0` when none moved */
  operate(): Promise<string>;
}

/** What is simulated: the order layer alone, or the whole bot. */
export interface Layer {
  readonly name: 'orders' | 'bot';
  /** Starts a process over the ledger that the one before left. */
  start(world: SimulatedWorld, ledger: Ledger): Promise<RunningBot>;
  /** Decisions that can be held against the exchange's candles; none where the layer makes them up. */
  readonly decidesOnCandles: boolean;
}

export const BOT_ID = 'bot-1';
export const SYMBOL = 'BTC/USDT';
export const MARKET_ID = 'BTCUSDT';
/** Candles that a decision of the whole bot rests on. */
export const STRATEGY_BARS = 6;
/** Largest position, quote currency. */
export const POSITION_LIMIT = 1000;
