import { candles } from '../../test/support/candle-builder.js';
import type { Candles } from '../domain/candles.js';
import { listSignals, type SignalList } from '../domain/signal.js';
import type { BacktestResult, EquityPoint, Gap, Manifest, ResultMetrics, ResultTrade } from './backtest-result.js';
import { buildResult } from './build-result.js';
import { runBacktest, type TestedRows } from './engine/run-backtest.js';
import type { FillRule } from './engine/simulate.js';

const HOUR = 3_600_000;
const T0 = Date.UTC(2024, 0, 1);
const iso = (hours: number): string => new Date(T0 + hours * HOUR).toISOString();

/** The compiler refuses a list that lacks a field of the type, and one that has a field too many. */
const fieldsOf =
  <T>() =>
  <const K extends readonly (keyof T)[]>(names: K & ([keyof T] extends [K[number]] ? unknown : never)): string[] => [...names] as string[];

const RESULT = fieldsOf<BacktestResult>()(['manifest', 'config', 'params', 'metrics', 'trades', 'equity_curve', 'gaps', 'warnings']);
const MANIFEST = fieldsOf<Manifest>()([
  'format', 'created_at', 'created_at_iso', 'engine_version', 'strategy', 'strategy_version', 'strategy_sha256', 'symbol', 'timeframe', 'start', 'start_iso', 'end', 'end_iso', 'bars', 'warmup_bars',
  'warmup_bars_needed', 'source', 'real_data', 'seed', 'fill', 'candles_sha256', 'candle_checks', 'data_quality', 'overridden_params',
]);
const METRICS = fieldsOf<ResultMetrics>()([
  'final_equity', 'total_return', 'cagr', 'volatility', 'sharpe', 'sharpe_daily', 'sortino', 'calmar', 'max_drawdown', 'max_drawdown_peak_at', 'max_drawdown_peak_at_iso',
  'max_drawdown_trough_at', 'max_drawdown_trough_at_iso', 'max_drawdown_recovered_at', 'max_drawdown_recovered_at_iso', 'max_drawdown_days', 'exposure', 'total_trades', 'closed_trades',
  'winning_trades', 'losing_trades', 'win_rate', 'profit_factor', 'expectancy', 'sqn', 'best_trade', 'worst_trade', 'average_trade', 'average_bars_held', 'longest_losing_streak', 'fees_paid',
  'slippage_paid', 'turnover', 'buy_and_hold_return', 'excess_return',
]);
const TRADE = fieldsOf<ResultTrade>()([
  'entry_time', 'entry_time_iso', 'entry_price', 'exit_time', 'exit_time_iso', 'exit_price', 'quantity', 'fees', 'slippage', 'pnl', 'return', 'bars_held',
]);
const POINT = fieldsOf<EquityPoint>()(['time', 'equity']);
const GAP = fieldsOf<Gap>()(['from', 'from_iso', 'to', 'to_iso', 'missing_bars']);

/** Buys and sells at these bars, free of costs, with all the capital of 1000. */
function resultOf(series: Candles, signals: Record<number, 1 | -1>, { fill = 'next_open', rows = { from: 0, to: series.length } }: { fill?: FillRule; rows?: TestedRows } = {}): BacktestResult {
  const source = { signals: (): SignalList => listSignals(Int8Array.from({ length: series.length }, (_, i) => signals[i] ?? 0)) };
  const run = runBacktest(source, series, rows, {
    initialCapital: 1000,
    fill,
    costs: { feeRate: 0, feeFrom: 'received', slippage: 0 },
    sizing: { rule: 'all_in', quoteAmount: 100, fraction: 1 },
    lot: { quantityStep: 0, minNotional: 0 },
  });
  const manifest = {
    created_at: 0, engine_version: '1', strategy: 'x', strategy_version: '1', strategy_sha256: null, warmup_bars: 0, warmup_bars_needed: 0, source: 'exchange', real_data: true, seed: 1, fill,
    candles_sha256: '', candle_checks: '', data_quality: { verdict: 'clean', missing_bars: 0, zero_volume_bars: 0, spikes: 0 }, overridden_params: [],
  } as const;
  return buildResult(run, { manifest, config: {}, params: {}, warnings: [] });
}

/** Two trades: 100 → 110, and one bought at 121 that is still open at the end. */
const hills = candles().closes(100, 100, 110, 110, 121, 121, 121).gap(2).closes(130).build();
const result = resultOf(hills, { 0: 1, 2: -1, 4: 1 });

describe('the result of a backtest', () => {
  it('has exactly the fields that are documented', () => {
    expect(Object.keys(result).sort()).toEqual(RESULT.sort());
    expect(Object.keys(result.manifest).sort()).toEqual(MANIFEST.sort());
    expect(Object.keys(result.metrics).sort()).toEqual(METRICS.sort());
    for (const trade of result.trades) expect(Object.keys(trade).sort()).toEqual(TRADE.sort());
    for (const point of result.equity_curve) expect(Object.keys(point).sort()).toEqual(POINT.sort());
    for (const gap of result.gaps) expect(Object.keys(gap).sort()).toEqual(GAP.sort());
    expect([result.trades.length, result.equity_curve.length, result.gaps.length]).toEqual([2, 11, 1]);
  });

  it('has nothing in it that JSON cannot hold', () => {
    expect(JSON.parse(JSON.stringify(result))).toEqual(result);
    const quiet = resultOf(hills, {});
    expect(JSON.parse(JSON.stringify(quiet))).toEqual(quiet);
    expect([quiet.metrics.win_rate, quiet.metrics.best_trade, quiet.metrics.profit_factor, quiet.metrics.expectancy]).toEqual([null, null, null, null]);
  });

  it('writes every time twice, as a number and for people', () => {
    const times = [result.manifest, result.metrics, ...result.trades, ...result.gaps].flatMap((part) => {
      const fields = part as unknown as Record<string, unknown>;
      return Object.keys(fields).filter((name) => name.endsWith('_iso')).map((name) => [fields[name.slice(0, -4)], fields[name]] as [number | null, string | null]);
    });
    expect(times).toHaveLength(12); // 3 of the manifest, 3 of the metrics, 2 of each trade, 2 of the gap
    for (const [ms, text] of times) expect(ms === null ? null : new Date(ms).toISOString()).toBe(text);
  });

  it('tells each trade from entry to exit', () => {
    expect(result.trades[0]).toEqual({
      entry_time: T0 + HOUR, entry_time_iso: iso(1), entry_price: 100, exit_time: T0 + 3 * HOUR, exit_time_iso: iso(3), exit_price: 110,
      quantity: 10, fees: 0, slippage: 0, pnl: 100, return: 0.1, bars_held: 2, // 1000 / 100 = 10 coins; 10 * 110 = 1100
    });
  });

  it('leaves open what has not happened yet, and values it at the last close', () => {
    expect(result.trades[1]).toMatchObject({ entry_time_iso: iso(5), entry_price: 121, exit_time: null, exit_time_iso: null, exit_price: null, pnl: null, return: null, bars_held: null });
    expect(result.metrics).toMatchObject({ total_trades: 2, closed_trades: 1, winning_trades: 1, losing_trades: 0, best_trade: 0.1, worst_trade: 0.1, average_trade: 0.1, average_bars_held: 2 });
    expect(result.metrics.final_equity).toBeCloseTo((1100 / 121) * 130, 9);
  });

  it('times trades by the close where they fill at the close', () => {
    const [trade] = resultOf(hills, { 0: 1, 2: -1 }, { fill: 'close' }).trades;
    expect([trade.entry_time_iso, trade.exit_time_iso, trade.bars_held]).toEqual([iso(1), iso(3), 2]);
  });

  it('lists the stretches without candles', () => {
    expect(result.gaps).toEqual([{ from: T0 + 7 * HOUR, from_iso: iso(7), to: T0 + 9 * HOUR, to_iso: iso(9), missing_bars: 2 }]);
    const torn = candles().flat(1, 1).gap(1).flat(1, 1).gap(3).flat(1, 2).gap(1).build();
    expect(resultOf(torn, {}).gaps.map(({ from_iso, to_iso, missing_bars }) => [from_iso, to_iso, missing_bars])).toEqual([[iso(1), iso(2), 1], [iso(3), iso(6), 3], [iso(8), iso(9), 1]]);
    expect(resultOf(torn, {}, { rows: { from: 4, to: 7 } }).gaps.map(({ from_iso, missing_bars }) => [from_iso, missing_bars])).toEqual([[iso(4), 2]]);
    expect(resultOf(torn, {}, { rows: { from: 6, to: 8 } }).gaps).toEqual([]);
  });

  it('compares with having held all the time', () => {
    expect(result.metrics.buy_and_hold_return).toBeCloseTo(0.3, 12); // 100 → 130
    expect(result.metrics.excess_return).toBeCloseTo(((1100 / 121) * 130) / 1000 - 1.3, 12);
  });
});
