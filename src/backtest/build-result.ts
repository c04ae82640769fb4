import { isoTime } from '../domain/instant.js';
import { exactSum } from '../domain/summation.js';
import { DAY_MS } from '../domain/timeframe.js';
import type { BacktestResult, EquityPoint, Manifest, ResultMetrics, ResultTrade } from './backtest-result.js';
import type { BacktestRun } from './engine/run-backtest.js';
import type { SimulatedTrade } from './engine/trade-columns.js';
import { gapsOf } from './gaps.js';

/** What a result says beyond the run's own numbers. */
export interface ResultFacts {
  readonly manifest: Omit<Manifest, 'format' | 'created_at_iso' | 'start' | 'start_iso' | 'end' | 'end_iso' | 'bars' | 'symbol' | 'timeframe'>;
  readonly config: Readonly<Record<string, unknown>>;
  readonly params: Readonly<Record<string, unknown>>;
  readonly warnings: readonly string[];
}

/** The run in the form that is saved, shown and read by others. */
export function buildResult(run: BacktestRun, { manifest, config, params, warnings }: ResultFacts): BacktestResult {
  const { candles } = run;
  const start = candles.openTime[0];
  const end = candles.closeTime(candles.length - 1);
  const trades = run.simulation.trades.toArray().map((trade) => tradeOf(run, trade));
  return {
    manifest: {
      format: 1,
      ...manifest,
      created_at_iso: isoTime(manifest.created_at),
      symbol: candles.symbol,
      timeframe: candles.timeframe,
      start,
      start_iso: isoTime(start),
      end,
      end_iso: isoTime(end),
      bars: candles.length,
    },
    config,
    params,
    metrics: metricsOf(run, trades),
    trades,
    equity_curve: curveOf(run),
    gaps: gapsOf(candles),
    warnings,
  };
}

function metricsOf(run: BacktestRun, trades: readonly ResultTrade[]): ResultMetrics {
  const { equity, simulation, trades: totals } = run;
  const { depth, peak, trough, recovery } = equity.drawdown;
  const curve = simulation.equity;
  const returns = trades.flatMap((trade) => (trade.return === null ? [] : [trade.return]));
  const held = trades.flatMap((trade) => (trade.pnl === null || trade.bars_held === null ? [] : [trade.bars_held]));
  const at = (point: number | null): number | null => (point === null ? null : pointTime(run, point));
  const iso = (point: number | null): string | null => (point === null ? null : isoTime(pointTime(run, point)));
  return {
    final_equity: curve[curve.length - 1],
    total_return: equity.totalReturn,
    cagr: equity.cagr,
    volatility: equity.volatility,
    sharpe: equity.sharpe,
    sharpe_daily: run.sharpeDaily,
    sortino: equity.sortino,
    calmar: equity.calmar,
    max_drawdown: depth,
    max_drawdown_peak_at: at(peak),
    max_drawdown_peak_at_iso: iso(peak),
    max_drawdown_trough_at: at(trough),
    max_drawdown_trough_at_iso: iso(trough),
    max_drawdown_recovered_at: at(recovery),
    max_drawdown_recovered_at_iso: iso(recovery),
    max_drawdown_days: peak === null ? null : (pointTime(run, recovery ?? curve.length - 1) - pointTime(run, peak)) / DAY_MS,
    exposure: run.exposure,
    total_trades: simulation.trades.count,
    closed_trades: totals.trades,
    winning_trades: totals.wins,
    losing_trades: totals.losses,
    win_rate: totals.winRate,
    profit_factor: totals.profitFactor,
    expectancy: totals.expectancy,
    sqn: totals.sqn,
    best_trade: returns.length > 0 ? returns.reduce((a, b) => Math.max(a, b)) : null,
    worst_trade: returns.length > 0 ? returns.reduce((a, b) => Math.min(a, b)) : null,
    average_trade: meanOf(returns),
    average_bars_held: meanOf(held),
    longest_losing_streak: totals.longestLosingStreak,
    fees_paid: exactSum(trades.map((trade) => trade.fees)),
    slippage_paid: exactSum(trades.map((trade) => trade.slippage)),
    turnover: simulation.turnover,
    buy_and_hold_return: run.buyAndHoldReturn,
    excess_return: run.buyAndHoldReturn === null ? null : equity.totalReturn - run.buyAndHoldReturn,
  };
}

function meanOf(values: readonly number[]): number | null {
  return values.length > 0 ? exactSum(values) / values.length : null;
}

/** Point 0 is the start; point i is the close of bar i - 1. */
function pointTime({ candles }: BacktestRun, point: number): number {
  return candles.openTime[0] + point * candles.timeframeMs;
}

function curveOf(run: BacktestRun): EquityPoint[] {
  return Array.from(run.simulation.equity, (equity, point) => ({ time: pointTime(run, point), equity }));
}

function tradeOf({ candles, fill }: BacktestRun, trade: SimulatedTrade): ResultTrade {
  const timeOf = (bar: number): number => (fill === 'close' ? candles.closeTime(bar) : candles.openTime[bar]);
  const entry = timeOf(trade.entryBar);
  const exit = trade.exitBar === null ? null : timeOf(trade.exitBar);
  const pnl = trade.proceeds === null ? null : trade.proceeds - trade.spent;
  return {
    entry_time: entry,
    entry_time_iso: isoTime(entry),
    entry_price: trade.entryPrice,
    exit_time: exit,
    exit_time_iso: exit === null ? null : isoTime(exit),
    exit_price: trade.exitPrice,
    quantity: trade.quantity,
    fees: trade.fees,
    slippage: trade.slippage,
    pnl,
    return: pnl === null ? null : pnl / trade.spent,
    bars_held: trade.exitBar === null ? null : trade.exitBar - trade.entryBar,
  };
}
