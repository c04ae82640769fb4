import { dailyEquity } from '../../backtest/engine/daily-equity.js';
import { returnsOf } from '../../backtest/engine/distribution.js';
import { equityMetrics } from '../../backtest/engine/equity-metrics.js';
import type { TestedRows } from '../../backtest/engine/run-backtest.js';
import { simulate, trade, type TradingRules } from '../../backtest/engine/simulate.js';
import type { Candles } from '../../domain/candles.js';
import type { Kernel } from '../../domain/kernel.js';
import { sliceSignals, type SignalList } from '../../domain/signal.js';
import { periodsPerYear, YEAR_MS } from '../../domain/timeframe.js';
import { MOST_TRIALS, type SweepKernel } from '../../kernels/sweep-kernel.js';
import type { BoundStrategy } from '../../strategy/trading-strategy.js';
import type { Params } from '../space/search-space.js';
import { EventTables } from './event-tables.js';
import { eventTotals, type EventTotals } from './event-totals.js';
import type { Figures } from './figures.js';
import { IndicatorCache } from './indicator-cache.js';
import { curveFigures, dayEnds, figuresOf, tradeFigures, tradeFiguresOf, type TradeFigures } from './run-figures.js';

/** Makes a strategy of parameters; see `StrategyRegistry.bind`. */
export type Binder = (params: Params) => BoundStrategy;

/**
 * What a trial holds is told by differences of sums over the whole market. Where it holds less than this share of the market's squares, the
 * digits that the difference loses would be seen, and the bars themselves are asked.
 */
const LEAST_SHARE = 1e-2;

/** Trials after which indicators are begun afresh: those of longer timeframes are not counted by their size. */
const TRIALS_A_CACHE = 500;

/** What every trial of a search is made of. */
export interface Ground {
  /** From the warm-up on; nothing behind the tested rows is looked at. */
  readonly history: Candles;
  readonly rows: TestedRows;
  readonly rules: TradingRules;
}

/** Code that was compiled, where there is any; the figures are the same without. */
export interface Compiled {
  readonly kernel: Kernel | null;
  readonly sweepOn: (candles: Candles, rules: TradingRules, markRows: Int32Array) => SweepKernel | null;
}

export const NOT_COMPILED: Compiled = { kernel: null, sweepOn: () => null };

/**
 * Runs one parameter set after another over the same candles, for figures only. Candles, their sums and extremes and the indicators are
 * made once; a trial then costs its signals and its trades. Figures are those of `runBacktest`, to 1e-12.
 */
export class TrialRunner {
  private readonly history: Candles;
  private readonly candles: Candles;
  /** Either of the two is there where trials can be counted from trade to trade; compiled code where there is some. */
  private readonly sweep: SweepKernel | null;
  private readonly tables: EventTables | null;
  /** Sum of the squares of all returns from close to close. */
  private readonly marketSquares: number;
  private readonly dayEnds: Int32Array | null;
  private readonly rules: TradingRules;
  private indicators: IndicatorCache;
  private trials = 0;

  private readonly kernel: Kernel | null;

  /** @param withPsr see `figuresOf` */
  constructor(
    private readonly bind: Binder,
    { history, rows, rules }: Ground,
    { kernel, sweepOn }: Compiled,
    private readonly withPsr: boolean,
  ) {
    this.history = history.slice(0, rows.to);
    this.candles = this.history.slice(rows.from);
    this.rules = rules;
    this.indicators = new IndicatorCache(this.history);
    this.dayEnds = dayEnds(this.candles);
    this.kernel = kernel;
    // Both serve accounts that are either all in coins or all in cash.
    const isWhole = rules.sizing.rule === 'all_in' && rules.lot.quantityStep === 0 && this.candles.length > 0;
    this.sweep = sweepOn(this.candles, rules, this.dayEnds ?? NO_ROWS);
    this.tables = isWhole && this.sweep === null ? new EventTables(this.candles) : null;
    this.marketSquares = this.sweep === null && this.tables === null ? 0 : squaresOf(this.candles.close);
  }

  figures(params: readonly Params[]): Figures[] {
    return batches(params).flatMap((batch) => {
      const lists = batch.map((set) => this.signals(set));
      const totals = this.sweep?.run(lists) ?? null;
      return lists.map((signals, k) => (totals === null ? this.byTrades(signals) : this.fromTotals(totals[k], () => tradeFiguresOf(totals[k]))) ?? this.byBars(signals));
    });
  }

  /** Of every UTC day; empty for bars longer than a day. */
  dailyReturns(params: Params): Float64Array {
    const { candles, rules, kernel } = this;
    const { equity } = simulate(candles, this.signals(params), rules, kernel);
    return returnsOf(dailyEquity(equity, candles.openTime[0], candles.timeframeMs) ?? []);
  }

  private signals(params: Params): SignalList {
    if (this.indicators.isFull || ++this.trials % TRIALS_A_CACHE === 0) this.indicators = new IndicatorCache(this.history);
    const { history, candles } = this;
    return sliceSignals(this.bind(params).signals(history, this.kernel, this.indicators), history.length - candles.length, history.length);
  }

  /** From trade to trade; null when that is not exact. */
  private byTrades(signals: SignalList): Figures | null {
    const { tables, candles, rules } = this;
    if (tables === null) return null;
    const { holdings, ...trading } = trade(candles, signals, rules);
    return this.fromTotals(eventTotals(tables, holdings, rules.initialCapital, this.dayEnds ?? NO_ROWS), () => tradeFigures(trading));
  }

  private fromTotals(totals: EventTotals | null, trades: () => TradeFigures): Figures | null {
    const { candles, rules, dayEnds: ends, withPsr } = this;
    if (totals === null || (totals.squares > 0 && totals.squares < LEAST_SHARE * this.marketSquares)) return null;
    const curve = curveFigures(totals, rules.initialCapital, candles);
    return curve === null ? null : figuresOf(curve, ends === null ? null : totals.marks, trades(), candles.length, withPsr);
  }

  /** Through every bar, as a backtest does. */
  private byBars(signals: SignalList): Figures {
    const { candles, rules } = this;
    const run = simulate(candles, signals, rules, this.kernel);
    const equity = equityMetrics(run.equity, { periodsPerYear: periodsPerYear(candles.timeframe), years: (candles.length * candles.timeframeMs) / YEAR_MS, totals: run.totals });
    const daily = candles.length > 0 ? dailyEquity(run.equity, candles.openTime[0], candles.timeframeMs) : null;
    return figuresOf({ ...equity, depth: equity.drawdown.depth }, daily, tradeFigures(run), candles.length, this.withPsr);
  }
}

const NO_ROWS = new Int32Array(0);

function squaresOf(close: Float64Array): number {
  let squares = 0;
  for (let bar = 1; bar < close.length; bar++) squares += (close[bar] / close[bar - 1] - 1) ** 2;
  return squares;
}

function batches(params: readonly Params[]): Params[][] {
  return Array.from({ length: Math.ceil(params.length / MOST_TRIALS) }, (_, k) => params.slice(k * MOST_TRIALS, (k + 1) * MOST_TRIALS));
}
