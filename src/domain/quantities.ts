import { purchase, type Costs } from './costs.js';
import { compare, floorToStep, fromNumber, isZero, minus, plus, times, ZERO, type DecimalText } from './decimal.js';
import { quantityStepOf } from './fit-order.js';
import { holdingOf } from './ledger.js';
import type { MarketRules } from './market-rules.js';

/**
 * The quantity that a budget buys at a price: the very number that a backtest's `purchase` comes to, as the text that it is written as.
 * Where the market has a step, its cost and its fee are within the budget to the last digit; without a step they miss it by no more
 * than the last digit of a double.
 *
 * @param budgetQuote quote currency that may leave, fee included
 * @param price what one coin will cost, the worst that is accepted: above 0
 * @returns a multiple of every step, at least every minimum, at most every maximum; null when there is no such quantity
 */
export function purchaseQuantity(budgetQuote: DecimalText, price: DecimalText, rules: MarketRules, costs: Costs): DecimalText | null {
  const step = quantityStepOf(rules);
  const bought = purchase(Number(budgetQuote), Number(price), costs, { quantityStep: Number(step), minNotional: Number(rules.minNotional) });
  if (bought === null) return null;
  const exact = withinBudget(fromNumber(bought.quantity), budgetQuote, price, step, costs);
  const quantity = noMoreThanMost(exact, rules, step);
  return isTradable(quantity, rules, price) ? quantity : null;
}

/**
 * The quantity that can be sold of what is held: rounded down to the market's steps, never up.
 *
 * @param held coins of our own position
 * @param free coins that the account can dispose of, whoever they belong to
 * @returns null when it is less than the market takes; what it is worth is for `holdingAt` to judge
 */
export function saleQuantity(held: DecimalText, free: DecimalText, rules: MarketRules): DecimalText | null {
  const most = compare(held, free) < 0 ? held : free;
  if (compare(most, ZERO) <= 0) return null;
  const step = quantityStepOf(rules);
  const quantity = noMoreThanMost(floorToStep(most, step), rules, step);
  return isLargeEnough(quantity, rules) ? quantity : null;
}

/**
 * What a holding is for decisions. `dust` cannot be sold at this price, for its quantity or its value is below the market's least: it
 * counts as flat, no exit is tried, and it goes with the next sale. It is a state of the moment, since a price may rise.
 *
 * @param price quote currency per coin, above 0
 */
export function holdingAt(quantity: DecimalText, rules: MarketRules, price: DecimalText): 'flat' | 'dust' | 'open' {
  const holding = holdingOf(quantity, quantityStepOf(rules));
  if (holding !== 'open') return holding;
  const sellable = saleQuantity(quantity, quantity, rules);
  return sellable !== null && isTradable(sellable, rules, price) ? 'open' : 'dust';
}

/** Doubles hold no budget of 17 digits and more: what they make of it is looked at again. */
function withinBudget(quantity: DecimalText, budget: DecimalText, price: DecimalText, step: DecimalText, { feeFrom, feeRate }: Costs): DecimalText {
  const unit = feeFrom === 'quote' ? times(price, plus('1', fromNumber(feeRate))) : price;
  return isZero(step) || compare(times(quantity, unit), budget) <= 0 ? quantity : minus(quantity, step);
}

function noMoreThanMost(quantity: DecimalText, { maxQuantity, maxMarketQuantity }: MarketRules, step: DecimalText): DecimalText {
  const limits = [maxQuantity, maxMarketQuantity].filter((limit) => !isZero(limit)).map((limit) => floorToStep(limit, step));
  return limits.reduce((least, limit) => (compare(limit, least) < 0 ? limit : least), quantity);
}

function isLargeEnough(quantity: DecimalText, { minQuantity, minMarketQuantity }: MarketRules): boolean {
  return compare(quantity, ZERO) > 0 && compare(quantity, minQuantity) >= 0 && compare(quantity, minMarketQuantity) >= 0;
}

function isTradable(quantity: DecimalText, rules: MarketRules, price: DecimalText): boolean {
  return isLargeEnough(quantity, rules) && compare(times(quantity, price), rules.minNotional) >= 0;
}
