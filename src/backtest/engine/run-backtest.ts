import type { Candles } from '../../domain/candles.js';
import { buyPrice, purchase } from '../../domain/costs.js';
import type { Kernel } from '../../domain/kernel.js';
import { sliceSignals, type SignalList } from '../../domain/signal.js';
import { periodsPerYear, YEAR_MS } from '../../domain/timeframe.js';
import { dailyEquity } from './daily-equity.js';
import { equityMetrics, type EquityMetrics } from './equity-metrics.js';
import { simulate, type FillRule, type Simulation, type TradingRules } from './simulate.js';
import { tradeMetrics, type TradeMetrics } from './trade-metrics.js';

/** What turns candles into signals; a `BoundStrategy` is one. */
export interface SignalSource {
  /** @param kernel compiled code that may do the work; the signals are the same without */
  signals(candles: Candles, kernel: Kernel | null): SignalList;
}

/** Which rows of the candles are tested; the ones before only warm the indicators up. */
export interface TestedRows {
  readonly from: number;
  readonly to: number;
}

export interface BacktestRun {
  /** The tested candles. */
  readonly candles: Candles;
  readonly fill: FillRule;
  readonly signals: SignalList;
  readonly simulation: Simulation;
  readonly equity: EquityMetrics;
  /** sharpe of the UTC-daily curve * sqrt(365); null for bars longer than a day. */
  readonly sharpeDaily: number | null;
  readonly trades: TradeMetrics;
  /** Profit of every closed trade after all costs, quote currency. */
  readonly profits: Float64Array;
  readonly exposure: number;
  /** Sum over all fills of value / equity: how often the account was turned over. */
  readonly turnover: number;
  /** All capital into the first real open at the same costs, held to the last close. */
  readonly buyAndHoldReturn: number | null;
}

/**
 * A backtest from candles to figures; pure.
 *
 * @param history candles from the warm-up on
 * @param kernel compiled code for the passes over all bars; the result is the same to the bit without
 */
export function runBacktest(source: SignalSource, history: Candles, rows: TestedRows, rules: TradingRules, kernel: Kernel | null = null): BacktestRun {
  // Slice after the indicators: slicing first would put their warm-up into the tested rows.
  const signals = sliceSignals(source.signals(history, kernel), rows.from, rows.to);
  const candles = history.slice(rows.from, rows.to);
  const simulation = simulate(candles, signals, rules, kernel);
  const { equity: curve, totals, barsLong, turnover } = simulation;
  const equity = equityMetrics(curve, {
    periodsPerYear: periodsPerYear(candles.timeframe),
    years: (candles.length * candles.timeframeMs) / YEAR_MS,
    totals,
  });
  const daily = candles.length > 0 ? dailyEquity(curve, candles.openTime[0], candles.timeframeMs) : null;
  const profits = simulation.trades.profits();
  return {
    candles,
    fill: rules.fill,
    signals,
    simulation,
    equity,
    sharpeDaily: daily === null ? null : equityMetrics(daily, { periodsPerYear: 365, years: 0 }).sharpe,
    trades: tradeMetrics(profits),
    profits,
    exposure: candles.length > 0 ? barsLong / candles.length : 0,
    turnover,
    buyAndHoldReturn: buyAndHold(candles, rules),
  };
}

function buyAndHold(candles: Candles, { costs, lot, initialCapital }: TradingRules): number | null {
  const first = candles.missing.indexOf(0);
  if (first < 0) return null;
  const bought = purchase(initialCapital, buyPrice(candles.open[first], costs), costs, lot);
  if (bought === null) return null;
  const worth = initialCapital - bought.spent + bought.received * candles.close[candles.length - 1];
  return worth / initialCapital - 1;
}
