import { isoTime } from '../domain/instant.js';
import type { TickOutcome, TickReport } from './tick-report.js';

/** File in the data folder by which anybody sees that the service lives. */
export const HEARTBEAT_FILE = 'heartbeat.json';

/** The service writes it more often than every 15 s; one that is older than this comes from a service that hangs or is gone. */
export const HEARTBEAT_LIMIT_MS = 45_000;

export type ServicePhase = 'starting' | 'running' | 'stopping' | 'stopped' | 'failed';

export interface Heartbeat {
  readonly pid: number;
  readonly phase: ServicePhase;
  /** UTC ms. */
  readonly at: number;
  readonly startedAt: number;
  readonly botId: string;
  readonly mode: string;
  readonly market: string;
  readonly strategy: string;
  /** null while the service starts. */
  readonly level: string | null;
  readonly lastTick: { readonly at: number; readonly outcome: TickOutcome; readonly reason: string } | null;
  /** UTC ms; null where none is planned. */
  readonly nextTickAt: number | null;
}

export function heartbeatText({ pid, phase, at, startedAt, botId, mode, market, strategy, level, lastTick, nextTickAt }: Heartbeat): string {
  const text = (time: number | null): string | null => (time === null ? null : isoTime(time));
  const last = lastTick === null ? null : { at: text(lastTick.at), outcome: lastTick.outcome, reason: lastTick.reason };
  return `${JSON.stringify({ at, at_iso: text(at), pid, phase, started_at: text(startedAt), bot_id: botId, mode, market, strategy, level, last_tick: last, next_tick_at: text(nextTickAt) })}\n`;
}

export function lastTickOf({ at, outcome, reason }: TickReport): Heartbeat['lastTick'] {
  return { at, outcome, reason };
}

export interface Health {
  readonly healthy: boolean;
  /** In words, for whoever looks. */
  readonly words: string;
}

/**
 * Whether a service lives, by its heartbeat. A bot that is HALTED is healthy: it does what it should.
 *
 * @param text content of the file; null when there is none
 */
export function judgeHeartbeat(text: string | null, nowMs: number): Health {
  if (text === null) return { healthy: false, words: 'no heartbeat: the service has never run here' };
  const { at, phase, level } = fieldsOf(text);
  if (typeof at !== 'number' || typeof phase !== 'string') return { healthy: false, words: 'the heartbeat cannot be read' };
  if (phase === 'stopped' || phase === 'failed') return { healthy: false, words: `the service ${phase} at ${isoTime(at)}` };
  const age = Math.round((nowMs - at) / 1000);
  // One of the future was written before the clock was set back: it says nothing.
  if (Math.abs(nowMs - at) > HEARTBEAT_LIMIT_MS) return { healthy: false, words: `the last heartbeat is ${age} s old` };
  return { healthy: true, words: `${phase}${typeof level === 'string' ? `, ${level}` : ''}; heartbeat ${age} s ago` };
}

function fieldsOf(text: string): { readonly at?: unknown; readonly phase?: unknown; readonly level?: unknown } {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null ? parsed : {};
  } catch {
    return {};
  }
}
