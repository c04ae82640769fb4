import type { ResultMetrics } from '../../backtest/backtest-result.js';
import { dailyEquity } from '../../backtest/engine/daily-equity.js';
import { equityMetrics } from '../../backtest/engine/equity-metrics.js';
import { tradeMetrics } from '../../backtest/engine/trade-metrics.js';
import { resultMetrics } from '../../backtest/result-metrics.js';
import type { Candles } from '../../domain/candles.js';
import { periodsPerYear, YEAR_MS } from '../../domain/timeframe.js';
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
  return resultMetrics({
    curve,
    firstOpenMs: candles.openTime[0],
    barMs: timeframeMs,
    equity,
    sharpeDaily: daily === null ? null : equityMetrics(daily, { periodsPerYear: 365, years: 0 }).sharpe,
    totals,
    trades,
    exposure,
    slippage,
    turnover,
    hold,
  });
}
