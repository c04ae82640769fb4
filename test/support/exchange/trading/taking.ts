import { divFloor, floorTo, mulFloor, smaller, type Units } from '../base/decimal.js';
import type { Level, Side } from '../market/book.js';
import type { Market } from '../market/market.js';

/** One level's part of what a taker gets. */
export interface Take {
  level: Level;
  price: Units;
  qty: Units;
}

/**
 * What a taker of `qty` would get, best level first; nothing is taken yet.
 *
 * @param limit worst price, or null for none
 * @param slipTicks how far the book has moved away from the taker
 */
export function planTake(market: Market, side: Side, qty: Units, limit: Units | null, slipTicks: number): Take[] {
  const takes: Take[] = [];
  let left = qty;
  for (const { level, price } of slipped(market, side, slipTicks)) {
    if (left === 0n || (limit !== null && isWorse(side, price, limit))) break;
    const taken = smaller(left, level.qty);
    takes.push({ level, price, qty: taken });
    left -= taken;
  }
  return takes;
}

/** The base quantity whose price does not exceed `quoteQty`, in whole steps, and whether the book could have given more. */
export function quantityFor(
  market: Market,
  side: Side,
  quoteQty: Units,
  slipTicks: number,
): { qty: Units; isBookExhausted: boolean } {
  let left = quoteQty;
  let qty = 0n;
  for (const { level, price } of slipped(market, side, slipTicks)) {
    const affordable = smaller(level.qty, divFloor(left, price));
    qty += affordable;
    left -= mulFloor(price, affordable);
    if (affordable < level.qty) return { qty: floorTo(qty, market.rules.step), isBookExhausted: false };
  }
  return { qty: floorTo(qty, market.rules.step), isBookExhausted: true };
}

/** The part of the plan that `quote` pays for. */
export function affordable(takes: readonly Take[], quote: Units, step: Units): Take[] {
  let left = quote;
  const paid: Take[] = [];
  for (const take of takes) {
    const qty = smaller(take.qty, floorTo(divFloor(left, take.price), step));
    if (qty > 0n) paid.push({ ...take, qty });
    if (qty < take.qty) break;
    left -= mulFloor(take.price, qty);
  }
  return paid;
}

export function costOf(takes: readonly Take[]): Units {
  return takes.reduce((sum, { price, qty }) => sum + mulFloor(price, qty), 0n);
}

export function quantityOf(takes: readonly Take[]): Units {
  return takes.reduce((sum, { qty }) => sum + qty, 0n);
}

function slipped(market: Market, side: Side, slipTicks: number): { level: Level; price: Units }[] {
  const shift = BigInt(slipTicks) * market.rules.tick * (side === 'BUY' ? 1n : -1n);
  return market.book
    .against(side)
    .map((level) => ({ level, price: level.price + shift }))
    .filter(({ price }) => price > 0n);
}

function isWorse(side: Side, price: Units, limit: Units): boolean {
  return side === 'BUY' ? price > limit : price < limit;
}
