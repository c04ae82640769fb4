import { floorSteps, fromSteps } from './steps.js';

/**
 * Where the fee of a purchase is taken: from what is received (coins, as a spot exchange does) or on top, in quote currency.
 * A sale receives quote currency, so its fee is in quote either way.
 */
export const FEE_SOURCES = ['received', 'quote'] as const;
export type FeeFrom = (typeof FEE_SOURCES)[number];

export interface Costs {
  /** Share of the traded value, per side: 0.001 = 0.1 %. */
  readonly feeRate: number;
  readonly feeFrom: FeeFrom;
  /** Against the taker: a purchase pays `slippage` more than the reference price, a sale receives as much less. 0.0005 = 5 bps. */
  readonly slippage: number;
}

/** The smallest quantity a market trades in; 0 means that any quantity is good. */
export interface Lot {
  readonly quantityStep: number;
  /** Least price * quantity of an order, quote currency. */
  readonly minNotional: number;
}

export interface Purchase {
  /** Coins bought, before any fee. */
  readonly quantity: number;
  /** Coins that arrive. */
  readonly received: number;
  /** Quote currency that leaves, fee included. */
  readonly spent: number;
  /** Fee in quote currency, whatever it was taken from. */
  readonly fee: number;
}

export interface Sale {
  readonly quantity: number;
  /** Quote currency that arrives, after the fee. */
  readonly proceeds: number;
  readonly fee: number;
}

export function buyPrice(reference: number, { slippage }: Costs): number {
  return reference * (1 + slippage);
}

export function sellPrice(reference: number, { slippage }: Costs): number {
  return reference * (1 - slippage);
}

/**
 * What a budget buys at a price.
 *
 * @param budget quote currency that may leave, fee included
 * @returns null when the quantity is below the market's step or its value below the least notional: no order
 */
export function purchase(budget: number, price: number, costs: Costs, lot: Lot): Purchase | null {
  const { feeRate, feeFrom } = costs;
  const affordable = feeFrom === 'quote' ? budget / (price * (1 + feeRate)) : budget / price;
  const stepped = lot.quantityStep > 0;
  const quantity = stepped ? fromSteps(floorSteps(affordable, lot.quantityStep), lot.quantityStep) : affordable;
  if (!(quantity > 0) || quantity * price < lot.minNotional) return null;
  const value = quantity * price;
  const fee = value * feeRate;
  if (feeFrom === 'quote') return { quantity, received: quantity, spent: stepped ? value + fee : budget, fee };
  return { quantity, received: quantity * (1 - feeRate), spent: stepped ? value : budget, fee };
}

/** @returns null when what is held is less than the market lets anyone sell */
export function sale(held: number, price: number, costs: Costs, lot: Lot): Sale | null {
  const quantity = lot.quantityStep > 0 ? fromSteps(floorSteps(held, lot.quantityStep), lot.quantityStep) : held;
  const value = quantity * price;
  if (!(quantity > 0) || value < lot.minNotional) return null;
  const fee = value * costs.feeRate;
  return { quantity, proceeds: value - fee, fee };
}
