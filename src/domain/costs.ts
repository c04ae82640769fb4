import { affordableSteps, decimalsOf, floorSteps, fromSteps } from './steps.js';

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
  const onTop = feeFrom === 'quote' ? feeRate : 0;
  const stepped = lot.quantityStep > 0;
  const quantity = stepped ? fromSteps(affordableSteps(budget, price, onTop, lot.quantityStep), lot.quantityStep) : budget / (price * (1 + onTop));
  if (!(quantity > 0) || quantity * price < lot.minNotional) return null;
  const value = quantity * price;
  const fee = value * feeRate;
  const received = receivedOf(quantity, costs);
  if (feeFrom === 'quote') return { quantity, received, spent: stepped ? value + fee : budget, fee };
  return { quantity, received, spent: stepped ? value : budget, fee };
}

/** Coins that arrive of those bought. */
export function receivedOf(quantity: number, { feeRate, feeFrom }: Costs): number {
  return feeFrom === 'quote' ? quantity : quantity * (1 - feeRate);
}

/** Above, a double does not hold every unit of a position any more. */
const MOST_UNITS = 2 ** 50;
/** The largest power of ten that is exact in a double. */
const LARGEST_SCALE = 1e22;

/**
 * Units per coin of which every position on a market with steps is a whole number: a step has so many decimals, and a share of it taken
 * as a fee so many more. 0 where there is no such number, without steps or with a fee of endless digits.
 */
export function coinScale({ feeRate, feeFrom }: Costs, { quantityStep }: Lot): number {
  const places = decimalsOf(quantityStep);
  const feePlaces = feeFrom === 'quote' ? 0 : decimalsOf(feeRate);
  if (quantityStep === 0 || places === null || feePlaces === null) return 0;
  const scale = 10 ** (places + feePlaces);
  return scale <= LARGEST_SCALE ? scale : 0;
}

/**
 * Coins as the double next to the decimal that they are. Left to themselves, the errors of sums pile up over many trades, until what is
 * left over makes a whole step in a ledger of decimals, and a little less here.
 */
export function exactCoins(coins: number, scale: number): number {
  const units = coins * scale;
  return scale === 0 || units > MOST_UNITS ? coins : Math.round(units) / scale;
}

/** @returns null when what is held is less than the market lets anyone sell */
export function sale(held: number, price: number, costs: Costs, lot: Lot): Sale | null {
  const quantity = lot.quantityStep > 0 ? fromSteps(floorSteps(held, lot.quantityStep), lot.quantityStep) : held;
  const value = quantity * price;
  if (!(quantity > 0) || value < lot.minNotional) return null;
  const fee = value * costs.feeRate;
  return { quantity, proceeds: value - fee, fee };
}
