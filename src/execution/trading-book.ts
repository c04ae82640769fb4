import type { MarketKey } from '../persistence/booking/derived-rows.js';

/** Whose trading it is, where, and by which strategy: what everything in the ledger is booked under. */
export interface TradingBook extends MarketKey {
  readonly strategy: string;
}
