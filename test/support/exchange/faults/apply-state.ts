import { beginMaintenance, changeSymbol } from '../control/symbol-changes.js';
import { changeKey } from '../control/key-changes.js';
import type { Market } from '../market/market.js';
import type { Venue } from '../venue.js';
import type { StateEffect } from './effect.js';

/** Effects on the account, which need the trading engine. */
type AccountEffect = Extract<StateEffect, { type: 'balance' | 'foreignOrder' | 'cancelForeign' | 'exchangeCancel' }>;

export type VenueEffect = Exclude<StateEffect, AccountEffect>;

/**
 * Carries out an effect on the exchange's surroundings.
 *
 * @param symbol the market meant where the effect names none
 */
export function applyVenueEffect(venue: Venue, effect: VenueEffect, symbol: string): void {
  const market = (): Market => venue.market(effectSymbol(effect) ?? symbol);
  switch (effect.type) {
    case 'lag': {
      const { endpoint, ms, forMs } = effect;
      if (!(endpoint in venue.lags)) throw new Error(`lag: expected one of ${Object.keys(venue.lags).join(', ')}; was ${endpoint}`);
      const before = venue.lags[endpoint];
      return venue.temporaries.set(`lag:${endpoint}`, ms, forMs, (values) => {
        venue.lags[endpoint] = values.at(-1) ?? before;
      });
    }
    case 'skew': {
      const before = venue.clock.skewMs;
      return venue.temporaries.set('skew', effect.ms, effect.forMs, (values) => {
        venue.clock.skewMs = values.at(-1) ?? before;
      });
    }
    case 'weight':
      return venue.limits.force(effect.used, venue.now);
    case 'ban':
      return venue.limits.ban(effect.sec, venue.now);
    case 'key':
      return changeKey(venue, effect);
    case 'symbol':
      return changeSymbol(venue, market(), effect);
    case 'filters':
      return changeSymbol(venue, market(), { filters: effect.filters, forMs: effect.forMs });
    case 'liquidity': {
      const { bookConfig } = market();
      const { levels = bookConfig.levels, levelQty = bookConfig.levelQty, forMs } = effect;
      return changeSymbol(venue, market(), { book: { levels, levelQty }, forMs });
    }
    case 'slip':
      venue.slips.set(market().symbol, effect.ticks);
      return;
    case 'maintenance':
      return beginMaintenance(venue, effect.ms);
    case 'refuse':
      venue.refusedUntilMs = venue.now + effect.ms;
      return;
    default:
      throw new Error(`effect: expected a known one; was ${JSON.stringify(effect satisfies never)}`);
  }
}

function effectSymbol(effect: VenueEffect): string | undefined {
  return 'symbol' in effect ? effect.symbol : undefined;
}
