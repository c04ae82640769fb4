import type { Costs } from './costs.js';

export const SIZING_RULES = ['all_in', 'fixed_quote', 'fraction'] as const;
export type SizingRule = (typeof SIZING_RULES)[number];

/** How much of the account one purchase may use. */
export interface Sizing {
  readonly rule: SizingRule;
  /** For `fixed_quote`: value of the position in quote currency. */
  readonly quoteAmount: number;
  /** For `fraction`: share of the equity, (0, 1]. */
  readonly fraction: number;
}

/**
 * Quote currency that may leave the account for one purchase, fee included; never more than the cash there is.
 *
 * @param cash free quote currency
 * @param equity cash plus everything held at the price of the moment
 */
export function budgetFor(sizing: Sizing, cash: number, equity: number, costs: Costs): number {
  const onTop = costs.feeFrom === 'quote' ? 1 + costs.feeRate : 1;
  switch (sizing.rule) {
    case 'all_in':
      return cash;
    case 'fixed_quote':
      return Math.min(sizing.quoteAmount * onTop, cash);
    case 'fraction':
      return Math.min(sizing.fraction * equity, cash);
  }
}
