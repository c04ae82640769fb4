import type { ResultMetrics } from '../../backtest/backtest-result.js';
import type { SavedResult } from '../../backtest/saved-results.js';
import { ConfigError } from '../../domain/errors.js';
import { didYouMean } from '../../domain/nearest-name.js';
import { count, percent, ratio, signedPercent } from '../../report/numbers.js';
import { basename } from 'node:path';

import { briefTime, type Column } from '../ledger/columns.js';

type Format = (value: number | null) => string;

const counted: Format = (value) => (value === null ? ratio(null) : count(value));

/** How the figures that are no plain ratios are written; every other one is. */
const FORMATS: Partial<Record<keyof ResultMetrics, Format>> = {
  total_return: signedPercent,
  cagr: signedPercent,
  volatility: percent,
  max_drawdown: percent,
  exposure: percent,
  win_rate: percent,
  best_trade: signedPercent,
  worst_trade: signedPercent,
  average_trade: signedPercent,
  buy_and_hold_return: signedPercent,
  excess_return: signedPercent,
  total_trades: counted,
  closed_trades: counted,
  winning_trades: counted,
  losing_trades: counted,
  longest_losing_streak: counted,
};

/** Figures for which less is better. */
const LESS_IS_BETTER: ReadonlySet<string> = new Set(['volatility', 'max_drawdown', 'max_drawdown_days', 'losing_trades', 'longest_losing_streak', 'fees_paid', 'slippage_paid', 'turnover']);

export function metricText(name: string, value: unknown): string {
  const format = FORMATS[name as keyof ResultMetrics] ?? ratio;
  return typeof value === 'number' || value === null ? format(value) : String(value ?? '');
}

/** Sorts by a figure, the best first and what has none last; by the time of the run without one. @throws ConfigError */
export function sortedBy(results: readonly SavedResult[], metric: string | undefined): SavedResult[] {
  if (metric === undefined) return [...results];
  const known = results.length === 0 ? [metric] : Object.keys(results[0].metrics).filter((name) => !name.endsWith('_iso'));
  if (!known.includes(metric)) throw new ConfigError([{ path: '--sort', message: `must be one of ${known.join(', ')}, was "${metric}".${didYouMean(metric, known)}` }], 'Cannot use these flags');
  const direction = LESS_IS_BETTER.has(metric) ? 1 : -1;
  const valueOf = ({ metrics }: SavedResult): number => {
    const value = (metrics as unknown as Record<string, unknown>)[metric];
    return typeof value === 'number' ? direction * value : Infinity;
  };
  return [...results].sort((a, b) => valueOf(a) - valueOf(b));
}

/** @param extra a figure to show beside the usual ones */
export function resultColumns(extra: string | undefined): Column<SavedResult>[] {
  const shown = ['total_return', 'sharpe_daily', 'max_drawdown', 'total_trades'];
  if (extra !== undefined && !shown.includes(extra)) shown.push(extra);
  const titles: Record<string, string> = { total_return: 'return', sharpe_daily: 'sharpe', max_drawdown: 'drawdown', total_trades: 'trades' };
  const figures = (result: SavedResult): Record<string, unknown> => result.metrics as unknown as Record<string, unknown>;
  const names = ['final_equity', 'total_return', 'cagr', 'volatility', 'sharpe', 'sharpe_daily', 'sortino', 'calmar', 'max_drawdown', 'exposure', 'total_trades', 'win_rate', 'profit_factor', 'fees_paid', 'slippage_paid', 'buy_and_hold_return', 'excess_return'];
  if (extra !== undefined && !names.includes(extra)) names.push(extra);
  return [
    { name: 'file', value: ({ path }) => path },
    { name: 'created_at', title: 'run', value: ({ manifest }) => manifest.created_at_iso, cell: ({ manifest }) => briefTime(manifest.created_at) },
    { name: 'strategy', value: ({ manifest }) => manifest.strategy, cell: ({ manifest }) => manifest.strategy, flexible: true },
    { name: 'params', value: ({ params }) => params, cell: ({ params }) => Object.values(params).join(' '), flexible: true, shared: true },
    { name: 'symbol', title: 'market', value: ({ manifest }) => manifest.symbol, cell: ({ manifest }) => manifest.symbol, shared: true },
    { name: 'timeframe', title: 'tf', value: ({ manifest }) => manifest.timeframe, cell: ({ manifest }) => manifest.timeframe },
    { name: 'start', value: ({ manifest }) => manifest.start_iso, cell: ({ manifest }) => manifest.start_iso.slice(2, 10) },
    { name: 'end', value: ({ manifest }) => manifest.end_iso, cell: ({ manifest }) => manifest.end_iso.slice(2, 10) },
    { name: 'real_data', value: ({ manifest }) => String(manifest.real_data) },
    ...names.map((name): Column<SavedResult> => {
      const column: Column<SavedResult> = { name, value: (result) => figures(result)[name] as number | null };
      return shown.includes(name) ? { ...column, title: titles[name] ?? name, cell: (result) => metricText(name, figures(result)[name]), align: 'right' } : column;
    }),
  ];
}

export function nameOf(path: string): string {
  return basename(path, '.json');
}
