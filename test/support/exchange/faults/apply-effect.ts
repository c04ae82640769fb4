import { ApiError } from '../base/api-error.js';
import { units } from '../base/decimal.js';
import type { TradingEngine } from '../trading/trading-engine.js';
import type { Venue } from '../venue.js';
import { applyVenueEffect } from './apply-state.js';
import type { StateEffect } from './effect.js';

const BPS = 10_000n;

/**
 * Carries out any effect on the exchange itself. What a stranger or the exchange tries to do to orders may be impossible, for
 * example because none is open; then nothing happens.
 *
 * @param symbol the market meant where the effect names none; the first one when absent
 */
export function applyEffect(venue: Venue, engine: TradingEngine, effect: StateEffect, symbol?: string): void {
  const listed = symbol !== undefined && venue.isListed(symbol) ? symbol : venue.settings.symbols[0].symbol;
  switch (effect.type) {
    case 'balance': {
      const { asset, delta, bps = 0, reason = 'by hand' } = effect;
      const change = delta === undefined ? (engine.balances.free(asset) * BigInt(bps)) / BPS : units(delta);
      return engine.balances.external(asset, change, reason);
    }
    case 'foreignOrder':
      return ifPossible(() => void engine.placeForeign({ symbol: listed, ...effect.order }));
    case 'cancelForeign': {
      const order = effect.orderId === undefined ? engine.orders.newestOpenOwn() : engine.orders.find(effect.orderId);
      if (order !== undefined) ifPossible(() => engine.cancel(order, `web_${engine.newClientOrderId()}`, 'foreign'));
      return;
    }
    case 'exchangeCancel': {
      const order = effect.orderId === undefined ? engine.orders.newestOpenOwn() : engine.orders.find(effect.orderId);
      if (order !== undefined) ifPossible(() => engine.expire(order));
      return;
    }
    default:
      return applyVenueEffect(venue, effect, listed);
  }
}

function ifPossible(act: () => void): void {
  try {
    act();
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
  }
}
