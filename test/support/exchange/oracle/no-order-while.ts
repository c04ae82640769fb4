import type { Journal, JournalEntry, JournalOf } from '../base/journal.js';
import { name } from './request-assertions.js';

/** States of the exchange in which no order must be sent. */
export type ForbiddingState = 'HALT' | 'maintenance' | 'ban' | 'key';

export const FORBIDDING_STATES: readonly ForbiddingState[] = ['HALT', 'maintenance', 'ban', 'key'];

type Request = JournalOf<'request'>;

interface Knowledge {
  /** Symbols that do not trade. */
  halted: Set<string>;
  /** Of these, what a reply has told the client. */
  toldHalted: Set<string>;
  maintenanceUntilMs: number;
  toldMaintenanceUntilMs: number;
  toldBanUntilMs: number;
  isKeyRefused: boolean;
}

/**
 * No order was sent while the exchange was in a given state, from the first reply on that told the client. A refused key counts
 * until an operator has acted.
 */
export function noOrderWhile(journal: Journal, states: readonly ForbiddingState[]): string[] {
  const known: Knowledge = {
    halted: new Set(),
    toldHalted: new Set(),
    maintenanceUntilMs: -Infinity,
    toldMaintenanceUntilMs: -Infinity,
    toldBanUntilMs: -Infinity,
    isKeyRefused: false,
  };
  const problems: string[] = [];
  for (const entry of journal.entries) {
    if (entry.type === 'env') noteEnvironment(entry, known);
    if (entry.type !== 'request') continue;
    if (entry.method === 'POST' && entry.path === '/api/v3/order') {
      const active = states.filter((state) => isForbidden(state, entry, known));
      problems.push(...active.map((state) => `${name(entry)} was sent during ${state}`));
    }
    noteReply(entry, known);
  }
  return problems;
}

function isForbidden(state: ForbiddingState, request: Request, known: Knowledge): boolean {
  switch (state) {
    case 'HALT':
      return known.toldHalted.has(request.params.symbol ?? '');
    case 'maintenance':
      return request.t < known.toldMaintenanceUntilMs;
    case 'ban':
      return request.t < known.toldBanUntilMs;
    case 'key':
      return known.isKeyRefused;
  }
}

function noteEnvironment(entry: Extract<JournalEntry, { type: 'env' }>, known: Knowledge): void {
  if (entry.what === 'symbol' && entry.subject !== undefined) {
    if (entry.value !== 'TRADING') known.halted.add(entry.subject);
    else for (const symbols of [known.halted, known.toldHalted]) symbols.delete(entry.subject);
  }
  if (entry.what === 'maintenance') known.maintenanceUntilMs = Number(entry.value);
  if (entry.what === 'operator') known.isKeyRefused = false;
}

function noteReply(request: Request, known: Knowledge): void {
  const { t, status, code, msg, path, params, executed } = request;
  if (code === -2015) known.isKeyRefused = true;
  if (status === 418 && request.retryAfter !== undefined) known.toldBanUntilMs = t + request.retryAfter * 1000;
  const isInMaintenance = t < known.maintenanceUntilMs;
  if (isInMaintenance && (status === 503 || (path === '/sapi/v1/system/status' && status === 200))) {
    known.toldMaintenanceUntilMs = known.maintenanceUntilMs;
  }
  if (code === -2010 && msg === 'Market is closed.' && known.halted.has(params.symbol)) known.toldHalted.add(params.symbol);
  if (path === '/api/v3/exchangeInfo' && status === 200 && executed) {
    const shown = params.symbol === undefined ? [...known.halted] : [params.symbol].filter((symbol) => known.halted.has(symbol));
    for (const symbol of shown) known.toldHalted.add(symbol);
  }
}
