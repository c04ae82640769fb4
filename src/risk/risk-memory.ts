import { isDecimal } from '../domain/decimal.js';
import { LedgerError } from '../domain/errors.js';
import type { TradingMode } from '../domain/order.js';
import type { RiskStateEntity } from '../persistence/entities/risk-state.entity.js';
import type { Marks } from './marks.js';
import type { RiskLevel } from './risk-types.js';

export interface RiskBook {
  readonly botId: string;
  readonly mode: TradingMode;
}

/** What the gate keeps from tick to tick and from start to start. */
export interface RiskMemory {
  readonly level: RiskLevel;
  /** Why it is not ACTIVE, or what made it so; null at the very beginning. */
  readonly code: string | null;
  readonly reason: string;
  /** UTC ms since when; null at the very beginning. */
  readonly since: number | null;
  readonly errors: number;
  /** UTC ms: losing round trips that ended by then are forgiven. */
  readonly forgivenAt: number;
  /** A process is at work, or ended without saying so. */
  readonly running: boolean;
  /** UTC ms of starts after an end of that kind. */
  readonly uncleanStarts: readonly number[];
  /** The operator's request that was acted on last. */
  readonly request: string | null;
  /** By quote currency. */
  readonly marks: Readonly<Record<string, Marks>>;
}

export const BLANK: RiskMemory = { level: 'ACTIVE', code: null, reason: '', since: null, errors: 0, forgivenAt: 0, running: false, uncleanStarts: [], request: null, marks: {} };

type Counters = Readonly<Record<string, number | string>>;

/** @throws LedgerError LEDGER.INVALID when the row was changed by hand into something that is no memory */
export function memoryOf(row: RiskStateEntity | null): RiskMemory {
  if (row === null) return BLANK;
  const { counters } = row;
  const has = (name: string): boolean => counters[name] !== undefined;
  const wrong = (name: string): LedgerError => new LedgerError('LEDGER.INVALID', `The counter ${name} in risk_states of ${row.botId} (${row.mode}) cannot be used: was ${JSON.stringify(counters[name])}. Restore a backup`);
  const whole = (name: string, absent: number): number => {
    if (!has(name)) return absent;
    const value = counters[name];
    if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) throw wrong(name);
    return value;
  };
  const words = (name: string): string | null => {
    if (!has(name)) return null;
    const value = counters[name];
    if (typeof value !== 'string') throw wrong(name);
    return value;
  };
  const amount = (name: string): string => {
    const value = counters[name];
    if (typeof value !== 'string' || !isDecimal(value)) throw wrong(name);
    return value;
  };
  const starts = (words('unclean_starts') ?? '').split(',').filter((text) => text !== '');
  if (starts.some((text) => !/^\d{1,16}$/.test(text))) throw wrong('unclean_starts');
  const quotes = Object.keys(counters).flatMap((name) => (name.startsWith('result_') ? [name.slice('result_'.length)] : []));
  return {
    level: row.level,
    code: words('code'),
    reason: row.reason,
    since: has('since') ? whole('since', 0) : null,
    errors: whole('errors', 0),
    forgivenAt: whole('forgiven_at', 0),
    running: whole('running', 0) === 1,
    uncleanStarts: starts.map(Number),
    request: words('request'),
    marks: Object.fromEntries(quotes.map((quote) => [quote, { result: amount(`result_${quote}`), peak: amount(`peak_${quote}`), day: whole(`day_${quote}`, 0), dayStart: amount(`day_start_${quote}`) }])),
  };
}

export function rowOf({ botId, mode }: RiskBook, memory: RiskMemory, nowMs: number): RiskStateEntity {
  const { level, code, reason, since, errors, forgivenAt, running, uncleanStarts, request, marks } = memory;
  const counters: Record<string, number | string> = { errors, forgiven_at: forgivenAt, running: Number(running), unclean_starts: uncleanStarts.join(',') };
  if (code !== null) counters['code'] = code;
  if (since !== null) counters['since'] = since;
  if (request !== null) counters['request'] = request;
  for (const [quote, mark] of Object.entries(marks)) Object.assign(counters, { [`result_${quote}`]: mark.result, [`peak_${quote}`]: mark.peak, [`day_${quote}`]: mark.day, [`day_start_${quote}`]: mark.dayStart });
  return { botId, mode, level, reason, counters: counters satisfies Counters, updatedAt: nowMs };
}
