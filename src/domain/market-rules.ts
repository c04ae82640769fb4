import type { DecimalText } from './decimal.js';

/**
 * What an exchange lets anyone trade on one market: its filters, as decimal texts. `0` means that there is no such rule.
 */
export interface MarketRules {
  /** BASE/QUOTE. */
  readonly symbol: string;
  readonly base: string;
  readonly quote: string;
  /** `trading` takes every order; `cancel_only` and `halted` take none; `gone` is no longer listed. */
  readonly status: 'trading' | 'cancel_only' | 'halted' | 'gone';
  /** Price is a multiple of it. */
  readonly priceStep: DecimalText;
  /** Quantity is a multiple of it. */
  readonly lotStep: DecimalText;
  readonly minQuantity: DecimalText;
  readonly maxQuantity: DecimalText;
  /** A market order's quantity is a multiple of this, too. */
  readonly marketLotStep: DecimalText;
  readonly minMarketQuantity: DecimalText;
  readonly maxMarketQuantity: DecimalText;
  readonly minPrice: DecimalText;
  readonly maxPrice: DecimalText;
  /** Least and largest price * quantity, quote currency. */
  readonly minNotional: DecimalText;
  readonly maxNotional: DecimalText;
}
