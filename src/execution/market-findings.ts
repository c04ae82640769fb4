import { ZERO, type DecimalText } from '../domain/decimal.js';
import type { Finding } from '../domain/finding.js';
import type { MarketRules } from '../domain/market-rules.js';

const MOST_OFFSET_MS = 60_000;
/** Shares of the request weight of a minute. */
const BUSY_WEIGHT = 0.5;
const CROWDED_WEIGHT = 0.8;

/** @param offsetMs exchange time minus this machine's */
export function clockFindings(offsetMs: number): Finding[] {
  if (Math.abs(offsetMs) <= MOST_OFFSET_MS) return [];
  const seconds = Math.round(Math.abs(offsetMs) / 1000);
  return [{ code: 'CLOCK.OFFSET', message: `This machine's clock is ${seconds} s ${offsetMs > 0 ? 'behind' : 'ahead of'} the exchange's; at most ${MOST_OFFSET_MS / 1000} s are tolerated. Set it, best by NTP`, stops: 'no_orders' }];
}

/** @param held coins of our own on the market */
export function statusFindings({ symbol, status, base }: MarketRules, held: DecimalText): Finding[] {
  if (status === 'trading') return [];
  if (status !== 'gone') return [{ code: 'MARKET.CLOSED', message: `${symbol} takes no orders at the moment (${status === 'halted' ? 'halted' : 'only cancels'})`, stops: 'no_orders' }];
  if (held === ZERO) return [{ code: 'MARKET.GONE', message: `${symbol} is not traded on this exchange, or no longer`, stops: 'no_orders' }];
  return [{ code: 'MARKET.GONE', message: `${symbol} is no longer traded, and the ledger holds ${held} ${base}: sell or convert them by hand, then accept it with \`reconcile --accept\``, stops: 'halt' }];
}

/** @param used share of the minute's request weight, own and others'; null where the exchange does not say */
export function weightFindings(used: number | null): Finding[] {
  if (used === null || used <= BUSY_WEIGHT) return [];
  const percent = Math.round(used * 100);
  const crowded = used > CROWDED_WEIGHT;
  return [{ code: 'LIMIT.WEIGHT', message: `${percent} % of the requests that the exchange allows this address in a minute are used${crowded ? ': nothing is bought, so that sales find room' : ''}. Another program may be using them`, stops: crowded ? 'no_entries' : 'nothing' }];
}
