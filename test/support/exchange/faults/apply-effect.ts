import type { TradingEngine } from '../trading/trading-engine.js';
import type { Venue } from '../venue.js';
import { applyVenueEffect, type VenueEffect } from './apply-state.js';
import type { StateEffect } from './effect.js';

/** Carries out any effect on the exchange itself. */
export function applyEffect(venue: Venue, _engine: TradingEngine, effect: StateEffect | { type: 'slip'; ticks: number }): void {
  applyVenueEffect(venue, effect as VenueEffect);
}
