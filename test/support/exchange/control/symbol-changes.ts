import type { BookConfig } from '../config/config.js';
import type { Market, SymbolStatus } from '../market/market.js';
import type { RuleChanges } from '../market/symbol-rules.js';
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
  const { status, rules } = market;
  const book = market.bookConfig;
  if (change.status !== undefined) setStatus(venue, market, change.status);
  if (change.delist === true) {
    market.isListed = false;
    venue.noteSymbol(market);
  }
  if (change.filters !== undefined) market.changeFilters(change.filters);
  if (change.book !== undefined) market.changeBook(change.book);
  venue.undoAfter(change.forMs, () => {
    if (change.status !== undefined) setStatus(venue, market, status);
    if (change.delist === true) {
      market.isListed = true;
      venue.noteSymbol(market);
    }
    if (change.filters !== undefined) market.rules = rules;
    if (change.book !== undefined) market.changeBook(book);
  });
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
  market.status = known;
  venue.noteSymbol(market);
}
