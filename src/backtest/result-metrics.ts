import { isoTime } from '../domain/instant.js';
import { exactSum } from '../domain/summation.js';
import { DAY_MS } from '../domain/timeframe.js';
import type { ResultMetrics, ResultTrade } from './backtest-result.js';
import type { EquityMetrics } from './engine/equity-metrics.js';
import type { TradeMetrics } from './engine/trade-metrics.js';

/** What the figures of a run are put together from, whoever ran it. */
export interface MetricParts {
  /** Quote currency: the start, then the close of every bar. */
  readonly curve: Float64Array;
  /** Open of the first bar, UTC ms, and length of a bar. */
  readonly firstOpenMs: number;
  readonly barMs: number;
  readonly equity: EquityMetrics;
  readonly sharpeDaily: number | null;
  /** Of the closed trades. */
  readonly totals: TradeMetrics;
  /** The open one included. */
  readonly trades: readonly ResultTrade[];
  readonly exposure: number;
  /** Quote currency lost from the price decided on to the price filled at. */
  readonly slippage: number;
  readonly turnover: number;
  /** What holding returned; null where nothing could be bought. */
  readonly hold: number | null;
}

/** The figures of a run as they are saved and shown: the same for a backtest and for what a bot really did. */
export function resultMetrics({ curve, firstOpenMs, barMs, equity, sharpeDaily, totals, trades, exposure, slippage, turnover, hold }: MetricParts): ResultMetrics {
  const { depth, peak, trough, recovery } = equity.drawdown;
  const returns = trades.flatMap((trade) => (trade.return === null ? [] : [trade.return]));
  const held = trades.flatMap((trade) => (trade.pnl === null || trade.bars_held === null ? [] : [trade.bars_held]));
  const at = (point: number | null): number | null => (point === null ? null : firstOpenMs + point * barMs);
  const iso = (point: number | null): string | null => (point === null ? null : isoTime(firstOpenMs + point * barMs));
  return {
    final_equity: curve[curve.length - 1],
    total_return: equity.totalReturn,
    cagr: equity.cagr,
    volatility: equity.volatility,
    sharpe: equity.sharpe,
    sharpe_daily: sharpeDaily,
    sortino: equity.sortino,
    calmar: equity.calmar,
    max_drawdown: depth,
    max_drawdown_peak_at: at(peak),
    max_drawdown_peak_at_iso: iso(peak),
    max_drawdown_trough_at: at(trough),
    max_drawdown_trough_at_iso: iso(trough),
    max_drawdown_recovered_at: at(recovery),
    max_drawdown_recovered_at_iso: iso(recovery),
    max_drawdown_days: peak === null ? null : (((recovery ?? curve.length - 1) - peak) * barMs) / DAY_MS,
    exposure,
    total_trades: trades.length,
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
    slippage_paid: slippage,
    turnover,
    buy_and_hold_return: hold,
    excess_return: hold === null ? null : equity.totalReturn - hold,
  };
}

function meanOf(values: readonly number[]): number | null {
  return values.length > 0 ? exactSum(values) / values.length : null;
}
