import type { Costs, Lot } from './costs.js';
import type { Sizing } from './sizing.js';

/**
 * When an order fills: at the open of the bar after the signal (the default; what a bot can do), or at the close of the signal
 * bar itself (what a bot cannot quite do; offered for comparison and named in the result).
 */
export const FILL_RULES = ['next_open', 'close'] as const;
export type FillRule = (typeof FILL_RULES)[number];

/** Everything but the candles and the signals that decides what a run makes of them. */
export interface TradingRules {
  /** Quote currency at the start. */
  readonly initialCapital: number;
  readonly fill: FillRule;
  readonly costs: Costs;
  readonly sizing: Sizing;
  readonly lot: Lot;
}
