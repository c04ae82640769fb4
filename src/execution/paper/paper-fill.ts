import { createHash } from 'node:crypto';

import { receivedOf, type Costs } from '../../domain/costs.js';
import { fromNumber, isZero, minus, times, type DecimalText } from '../../domain/decimal.js';
import type { MarketRules } from '../../domain/market-rules.js';
import type { Side } from '../../domain/order.js';
import { quantityStepOf } from '../../domain/fit-order.js';

/** What a fill on paper costs. */
export interface PaperCommission {
  readonly commission: DecimalText;
  readonly commissionAsset: string;
}

/**
 * The commission of a fill, by the arithmetic of a backtest (domain/costs.ts): where it is taken in quote currency it is the very double that
 * the backtest charges. Where it is taken in coins, it is the exact share of them, for on a market with steps a position is a sum of
 * decimals; on one without, it is what leaves the very double that the backtest holds.
 */
export function paperCommission(side: Side, quantity: DecimalText, price: number, rules: MarketRules, costs: Costs): PaperCommission {
  const bought = Number(quantity);
  if (side === 'sell' || costs.feeFrom === 'quote') return { commission: fromNumber(bought * price * costs.feeRate), commissionAsset: rules.quote };
  const share = isZero(quantityStepOf(rules)) ? minus(quantity, fromNumber(receivedOf(bought, costs))) : times(quantity, fromNumber(costs.feeRate));
  return { commission: share, commissionAsset: rules.base };
}

/** An id as exchanges give them, digits, that the same order always gets. */
export function paperOrderId(clientOrderId: string): string {
  // 48 bits: exact in a double, for whoever reads ids as numbers.
  return String(createHash('sha256').update(clientOrderId).digest().readUIntBE(0, 6));
}
