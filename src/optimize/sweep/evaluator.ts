import type { Candles } from '../../domain/candles.js';
import type { TradingRules } from '../../domain/trading-rules.js';
import type { Params } from '../space/search-space.js';
import type { Figures } from './figures.js';
import { TrialRunner, type Binder, type Compiled } from './trial-runner.js';

/** Which rows of the candles a trial is made on. */
export interface TrialRows {
  /** First row that indicators may see. */
  readonly historyFrom: number;
  /** The tested rows. */
  readonly from: number;
  readonly to: number;
}

/** Runs trials, here or elsewhere. Answers are in the order of the questions, whoever worked them out. */
export interface Evaluator {
  figures(rows: TrialRows, params: readonly Params[]): Promise<Figures[]>;
  /** Returns of every UTC day; empty for bars longer than a day. */
  dailyReturns(rows: TrialRows, params: readonly Params[]): Promise<Float64Array[]>;
  close(): Promise<void>;
}

/** What trials are made of, besides their rows. */
export interface TrialGround {
  readonly candles: Candles;
  readonly rules: TradingRules;
  readonly withPsr: boolean;
}

/** Keeps a runner for the rows asked for last. */
export class RunnerBench {
  private rows: TrialRows | null = null;
  private runner: TrialRunner | null = null;

  constructor(
    private readonly ground: TrialGround,
    private readonly bind: Binder,
    private readonly compiled: Compiled,
  ) {}

  runnerOn(rows: TrialRows): TrialRunner {
    const { runner, rows: last } = this;
    if (runner !== null && last !== null && last.historyFrom === rows.historyFrom && last.from === rows.from && last.to === rows.to) return runner;
    const { candles, rules, withPsr } = this.ground;
    const history = candles.slice(rows.historyFrom, rows.to);
    const made = new TrialRunner(this.bind, { history, rows: { from: rows.from - rows.historyFrom, to: rows.to - rows.historyFrom }, rules }, this.compiled, withPsr);
    [this.rows, this.runner] = [rows, made];
    return made;
  }
}

/** Trials without a look at what else happens, so that a wish to stop is heard in time. */
const TRIALS_A_TURN = 32;

/** In this thread. */
export class LocalEvaluator implements Evaluator {
  private readonly bench: RunnerBench;

  constructor(ground: TrialGround, bind: Binder, compiled: Compiled) {
    this.bench = new RunnerBench(ground, bind, compiled);
  }

  figures(rows: TrialRows, params: readonly Params[]): Promise<Figures[]> {
    return inTurns(params, (turn) => this.bench.runnerOn(rows).figures(turn));
  }

  dailyReturns(rows: TrialRows, params: readonly Params[]): Promise<Float64Array[]> {
    return inTurns(params, (turn) => turn.map((set) => this.bench.runnerOn(rows).dailyReturns(set)));
  }

  async close(): Promise<void> {
    // Nothing is open.
  }
}

async function inTurns<T>(params: readonly Params[], run: (turn: readonly Params[]) => T[]): Promise<T[]> {
  const found: T[] = [];
  for (let from = 0; from < params.length; from += TRIALS_A_TURN) {
    await new Promise((resume) => setImmediate(resume));
    found.push(...run(params.slice(from, from + TRIALS_A_TURN)));
  }
  return found;
}
