import type { ResultMetrics } from '../../backtest/backtest-result.js';
import { dailyEquity } from '../../backtest/engine/daily-equity.js';
import { equityMetrics } from '../../backtest/engine/equity-metrics.js';
import { tradeMetrics } from '../../backtest/engine/trade-metrics.js';
import type { Candles } from '../../domain/candles.js';
import { isoTime } from '../../domain/instant.js';
import { exactSum } from '../../domain/summation.js';
import { DAY_MS, periodsPerYear, YEAR_MS } from '../../domain/timeframe.js';
import type { BotAccount } from './bot-account.js';

/**
 * The figures of a backtest, of what a bot really did: the same functions over its own curve and round trips.
 *
 * @param slippage quote currency lost from decision to fill
 * @param hold what holding would have returned; null where nothing could be bought
 */
export function botMetrics({ curve, trades, exposure, turnover }: BotAccount, candles: Candles, slippage: number, hold: number | null): ResultMetrics {
  const { timeframe, timeframeMs } = candles;
  const equity = equityMetrics(curve, { periodsPerYear: periodsPerYear(timeframe), years: (candles.length * timeframeMs) / YEAR_MS });
  const daily = dailyEquity(curve, candles.openTime[0], timeframeMs);
  const closed = trades.filter((trade) => trade.pnl !== null).sort((a, b) => (a.exit_time ?? 0) - (b.exit_time ?? 0));
  const totals = tradeMetrics(closed.map(({ pnl }) => pnl as number));
  const returns = closed.map((trade) => trade.return as number);
  const { depth, peak, trough, recovery } = equity.drawdown;
  const at = (point: number | null): number | null => (point === null ? null : candles.openTime[0] + point * timeframeMs);
  const iso = (point: number | null): string | null => (point === null ? null : isoTime(at(point) as number));
  return {
    final_equity: curve[curve.length - 1],
    total_return: equity.totalReturn,
    cagr: equity.cagr,
    volatility: equity.volatility,
    sharpe: equity.sharpe,
    sharpe_daily: daily === null ? null : equityMetrics(daily, { periodsPerYear: 365, years: 0 }).sharpe,
    sortino: equity.sortino,
    calmar: equity.calmar,
    max_drawdown: depth,
    max_drawdown_peak_at: at(peak),
    max_drawdown_peak_at_iso: iso(peak),
    max_drawdown_trough_at: at(trough),
    max_drawdown_trough_at_iso: iso(trough),
    max_drawdown_recovered_at: at(recovery),
    max_drawdown_recovered_at_iso: iso(recovery),
    max_drawdown_days: peak === null ? null : (((recovery ?? curve.length - 1) - peak) * timeframeMs) / DAY_MS,
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
    average_trade: mean(returns),
    average_bars_held: mean(closed.map(({ bars_held: bars }) => bars as number)),
    longest_losing_streak: totals.longestLosingStreak,
    fees_paid: exactSum(trades.map(({ fees }) => fees)),
    slippage_paid: slippage,
    turnover,
    buy_and_hold_return: hold,
    excess_return: hold === null ? null : equity.totalReturn - hold,
  };
}

function mean(values: readonly number[]): number | null {
  return values.length > 0 ? exactSum(values) / values.length : null;
}
