import { isoTime, shortTime } from '../domain/instant.js';
import { DAY_MS } from '../domain/timeframe.js';
import { counted, grouped, NOTHING } from './numbers.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** Tests shorter than this are told apart by the minute, longer ones by the day. */
const SHORT_MS = 7 * DAY_MS;

/** `2024-01-01`, or `2024-01-01 12:30` where the time is not midnight. */
export function fullTime(ms: number | null): string {
  return isInstant(ms) ? shortTime(ms) : NOTHING;
}

/** `2024-01-01`; within a test of a few days `01-01 12:30`. */
export function timeWithin(spanMs: number, ms: number | null): string {
  if (!isInstant(ms)) return NOTHING;
  return spanMs < SHORT_MS ? isoTime(ms).slice(5, 16).replace('T', ' ') : isoTime(ms).slice(0, 10);
}

/** `152 days`, `14.5 days`, `3 hours`, `20 minutes`: the largest unit that is not below one, from 100 on without decimals. */
export function duration(ms: number): string {
  if (!Number.isFinite(ms)) return NOTHING;
  const size = Math.abs(ms);
  if (size >= DAY_MS || ms === 0) return units(ms / DAY_MS, 'day');
  return size >= HOUR_MS ? units(ms / HOUR_MS, 'hour') : units(ms / MINUTE_MS, 'minute');
}

function units(value: number, name: string): string {
  const tenths = Math.round(value * 10) / 10;
  const whole = Number.isInteger(tenths) || Math.abs(value) >= 100;
  return whole ? counted(Math.round(value), name) : `${grouped(value, 1)} ${name}s`;
}

function isInstant(ms: number | null): ms is number {
  return ms !== null && Math.abs(ms) <= 8.64e15;
}
