import type { Market } from '../market/market.js';
import type { ScriptEntry } from '../market/script.js';
import type { Venue } from '../venue.js';
import { changeSymbol } from './symbol-changes.js';

/** Plans the scripts of the configuration. */
export function planConfiguredScripts(venue: Venue): void {
  for (const { symbol } of venue.settings.symbols) {
    for (const entry of venue.settings.feed[symbol].script) planScript(venue, { symbol, ...entry });
  }
}

/** Plans one entry; without a symbol it is for the first market. Entries of the past take hold at once. */
export function planScript(venue: Venue, entry: ScriptEntry): void {
  const market = venue.market(entry.symbol ?? venue.settings.symbols[0].symbol);
  const atMs = venue.absoluteMs(entry.atMs);
  if (atMs < venue.now) run(venue, market, entry);
  else venue.timeline.at(atMs, () => run(venue, market, entry));
}

function run(venue: Venue, market: Market, entry: ScriptEntry): void {
  switch (entry.do) {
    case 'price':
    case 'jump':
    case 'spike':
      return market.plan(entry);
    case 'quiet':
      return market.beQuiet(entry.forMs === undefined ? null : venue.now + entry.forMs);
    case 'down':
      return market.goDown(venue.now, venue.now + entry.forMs);
    case 'halt':
      return changeSymbol(venue, market, { status: entry.status ?? 'HALT', forMs: entry.forMs });
    case 'resume':
      return changeSymbol(venue, market, { status: 'TRADING' });
    case 'delist':
      return changeSymbol(venue, market, { delist: true });
    case 'filters':
      return changeSymbol(venue, market, { filters: entry.filters });
    case 'depth': {
      const { levels, levelQty, forMs } = entry;
      return changeSymbol(venue, market, { book: defined({ levels, levelQty }), forMs });
    }
  }
}

/** The object without its undefined fields. */
function defined<T extends object>(fields: T): Partial<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<T>;
}
