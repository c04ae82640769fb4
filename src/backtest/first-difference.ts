import { isoTime } from '../domain/instant.js';
import type { BacktestResult } from './backtest-result.js';

/** Where two results first say something else. */
export interface Difference {
  /** In words: `metrics`, `trade 3 (entry 2024-01-31T12:00:00.000Z)`, `equity at 2024-01-31T13:00:00.000Z`. */
  readonly where: string;
  readonly field: string;
  readonly saved: unknown;
  readonly now: unknown;
}

/**
 * The first difference between a saved result and the same run done again, in the order in which it came about: trades and curve by
 * time, then what is derived from them. null where every number is the same to the last bit.
 */
export function firstDifference(saved: BacktestResult, now: BacktestResult): Difference | null {
  return inTime(saved, now) ?? fields('metrics', saved.metrics, now.metrics) ?? fields('params', saved.params, now.params) ?? rows('gap', saved.gaps, now.gaps) ?? rows('warning', wrapped(saved.warnings), wrapped(now.warnings));
}

/** The curve shows a difference in the bar of the trade that caused it, or later: whichever is earlier is named, a trade before its bar. */
function inTime(saved: BacktestResult, now: BacktestResult): Difference | null {
  const trade = rows('trade', saved.trades, now.trades);
  const at = saved.equity_curve.findIndex(({ time, equity }, i) => now.equity_curve[i]?.time !== time || now.equity_curve[i].equity !== equity);
  if (at < 0) return trade ?? (saved.equity_curve.length === now.equity_curve.length ? null : length('equity curve', saved.equity_curve, now.equity_curve));
  if (trade !== null) return trade;
  const point = saved.equity_curve[at];
  const other = now.equity_curve.at(at);
  return { where: `equity at ${isoTime(point.time)}`, field: other?.time === point.time ? 'equity' : 'time', saved: other?.time === point.time ? point.equity : point.time, now: other === undefined ? undefined : other.time === point.time ? other.equity : other.time };
}

function rows(what: string, saved: readonly object[], now: readonly object[]): Difference | null {
  for (let i = 0; i < Math.min(saved.length, now.length); i++) {
    const at = 'entry_time_iso' in saved[i] ? ` (entry ${String((saved[i] as { entry_time_iso: unknown }).entry_time_iso)})` : '';
    const found = fields(`${what} ${i + 1}${at}`, saved[i], now[i]);
    if (found !== null) return found;
  }
  return saved.length === now.length ? null : length(`${what}s`, saved, now);
}

function fields(where: string, saved: object, now: object): Difference | null {
  for (const field of new Set([...Object.keys(saved), ...Object.keys(now)])) {
    const before = (saved as Record<string, unknown>)[field];
    const after = (now as Record<string, unknown>)[field];
    if (JSON.stringify(before) !== JSON.stringify(after)) return { where, field, saved: before, now: after };
  }
  return null;
}

function length(where: string, saved: readonly unknown[], now: readonly unknown[]): Difference {
  return { where, field: 'number', saved: saved.length, now: now.length };
}

function wrapped(texts: readonly string[]): { readonly text: string }[] {
  return texts.map((text) => ({ text }));
}
