import type { Candles } from './candles.js';
import type { CurveTotals } from './curve-layout.js';
import type { HoldingColumns } from './holding-columns.js';
import type { SignalList } from './signal.js';
import type { TradingRules } from './trading-rules.js';

/**
 * Passes over whole columns that compiled code takes over from loops in TypeScript. Each gives the very bits of the loop it stands
 * in for, or `null` when a case is not one it does: the loop is always there, and is all there is where nothing was compiled.
 */
export interface Kernel {
  /**
   * `smaCrossings` of the closes.
   *
   * @param tieMemory bars of equal averages that may lie inside a crossing
   */
  smaCrossings(candles: Candles, fast: number, slow: number, tieMemory: number): SignalList | null;

  /** `simulate`, for markets without missing bars that trade in any quantity. */
  simulate(candles: Candles, signals: SignalList, rules: TradingRules): KernelRun | null;

  /** `markCurve`: the curve of trades that were made elsewhere. */
  curveOf(candles: Candles, holdings: HoldingColumns, initialCapital: number): Curve | null;
}

export interface Curve {
  /** Starting capital, then cash plus coins at the close of every bar. The caller's own. */
  readonly equity: Float64Array;
  readonly totals: CurveTotals;
}

export interface KernelRun extends Curve {
  /** Fields of the trades, as in `TradeColumns`; only the last one can be open. */
  readonly tradeRows: Float64Array;
  readonly tradeCount: number;
  readonly closedTrades: number;
  readonly barsLong: number;
  readonly turnover: number;
  readonly refusedEntries: number;
  readonly refusedExits: number;
}
