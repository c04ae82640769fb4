import { isoTime } from '../domain/instant.js';
import { exactSum } from '../domain/summation.js';
import type { BacktestResult, EquityPoint, Manifest, ResultMetrics, ResultTrade } from './backtest-result.js';
import type { BacktestRun } from './engine/run-backtest.js';
import type { SimulatedTrade } from './engine/trade-columns.js';
import { gapsOf } from './gaps.js';
import { resultMetrics } from './result-metrics.js';

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

function metricsOf({ candles, equity, sharpeDaily, simulation, trades: totals, exposure, turnover, buyAndHoldReturn }: BacktestRun, trades: readonly ResultTrade[]): ResultMetrics {
  return resultMetrics({
    curve: simulation.equity,
    firstOpenMs: candles.openTime[0],
    barMs: candles.timeframeMs,
    equity,
    sharpeDaily,
    totals,
    trades,
    exposure,
    slippage: exactSum(trades.map(({ slippage }) => slippage)),
    turnover,
    hold: buyAndHoldReturn,
  });
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
