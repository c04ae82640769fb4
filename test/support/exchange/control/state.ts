import { format } from '../base/decimal.js';
import type { Venue } from '../venue.js';

/** The exchange's surroundings at a glance. */
export function stateOf(venue: Venue): Record<string, unknown> {
  const markets = [...venue.markets.values()].map((market) => [
    market.symbol,
    { status: market.isListed ? market.status : 'DELISTED', last: format(market.last), book: market.bookConfig },
  ]);
  return {
    now: venue.now,
    serverTime: venue.clock.serverTime,
    mode: venue.clock.mode,
    isInMaintenance: venue.isInMaintenance,
    lags: { ...venue.lags },
    markets: Object.fromEntries(markets),
    journalLength: venue.journal.entries.length,
  };
}
