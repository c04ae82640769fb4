import type { BookConfig } from '../config/config.js';
import type { Market, SymbolStatus } from '../market/market.js';
import { changeRules, type RuleChanges } from '../market/symbol-rules.js';
import type { Venue } from '../venue.js';

const STATUSES: readonly SymbolStatus[] = ['TRADING', 'HALT', 'BREAK', 'END_OF_DAY', 'CANCEL_ONLY'];

/** What can be changed about a market; with `forMs` it is undone after that time. */
export interface SymbolChange {
  status?: string;
  delist?: boolean;
  filters?: RuleChanges;
  book?: Partial<BookConfig>;
  forMs?: number;
}

/** Changes `exchangeInfo` and the trading rules together. */
export function changeSymbol(venue: Venue, market: Market, change: SymbolChange): void {
  const { symbol, status, rules, isListed, bookConfig } = market;
  const set = <T>(what: string, value: T | undefined, settle: (values: T[]) => void): void => {
    if (value !== undefined) venue.temporaries.set(`${what}:${symbol}`, value, change.forMs, settle);
  };
  set('status', change.status, (values) => setStatus(venue, market, values.at(-1) ?? status));
  set('listing', change.delist, (values) => setListed(venue, market, values.length === 0 ? isListed : !values.at(-1)));
  set('filters', change.filters, (values) => market.useRules(values.reduce(changeRules, rules)));
  set('book', change.book, (values) => market.useBook(Object.assign({}, bookConfig, ...values) as BookConfig));
}

/** Everything of the exchange but its status page is away for `ms`, and no market moves. */
export function beginMaintenance(venue: Venue, ms: number): void {
  const untilMs = venue.now + ms;
  venue.maintenanceUntilMs = Math.max(venue.maintenanceUntilMs, untilMs);
  for (const market of venue.markets.values()) market.goDown(venue.now, untilMs);
  venue.journal.add('env', { what: 'maintenance', value: String(venue.maintenanceUntilMs) });
}

function setStatus(venue: Venue, market: Market, status: string): void {
  const known = STATUSES.find((candidate) => candidate === status);
  if (known === undefined) throw new Error(`status: expected one of ${STATUSES.join(', ')}; was ${status}`);
  if (market.status === known) return;
  market.status = known;
  venue.noteSymbol(market);
}

function setListed(venue: Venue, market: Market, isListed: boolean): void {
  if (market.isListed === isListed) return;
  market.isListed = isListed;
  venue.noteSymbol(market);
}
