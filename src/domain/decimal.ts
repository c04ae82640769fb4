import { Decimal as Library } from 'decimal.js';

import { LedgerError } from './errors.js';

/**
 * Amounts of money and coins are decimal texts in plain notation, without leading or trailing zeros: `0`, `-1.5`, `0.00000001`.
 * Equal amounts are equal texts. Sums and products are exact, whatever their length; only a quotient is rounded, and says to where.
 */
export type DecimalText = string;

export const ZERO: DecimalText = '0';

/** More digits than any product of two amounts has: nothing is ever rounded on the way. */
const Exact = Library.clone({ precision: 1000, rounding: Library.ROUND_HALF_EVEN });

const CANONICAL = /^(?:0|-?(?:[1-9]\d*(?:\.\d*[1-9])?|0\.\d*[1-9]))$/;
const READABLE = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,2})?$/;
const MOST_CHARACTERS = 64;

export function isDecimal(text: string): boolean {
  return text.length <= MOST_CHARACTERS && CANONICAL.test(text);
}

/**
 * Another spelling of an amount, as exchanges send them (`1.50000000`, `1e-8`), in the one form that the ledger keeps.
 *
 * @throws LedgerError LEDGER.INVALID when it is no number, or too long to be an amount
 */
export function toDecimal(text: string): DecimalText {
  if (typeof text !== 'string' || text.length > MOST_CHARACTERS || !READABLE.test(text)) {
    throw new LedgerError('LEDGER.INVALID', `An amount must be a decimal text such as 0.001, was ${JSON.stringify(text)}`);
  }
  return plain(new Exact(text));
}

export function plus(a: DecimalText, b: DecimalText): DecimalText {
  return plain(new Exact(a).plus(b));
}

export function minus(a: DecimalText, b: DecimalText): DecimalText {
  return plain(new Exact(a).minus(b));
}

export function times(a: DecimalText, b: DecimalText): DecimalText {
  return plain(new Exact(a).times(b));
}

/**
 * `part` of `whole` of an amount: amount * part / whole, rounded half to even.
 *
 * @param places decimals of the result
 */
export function shareOf(amount: DecimalText, part: DecimalText, whole: DecimalText, places: number): DecimalText {
  return plain(new Exact(amount).times(part).dividedBy(whole).toDecimalPlaces(places));
}

/** For people and reports: a / b, rounded half to even; null when b is zero. */
export function ratio(a: DecimalText, b: DecimalText, places: number): DecimalText | null {
  return isZero(b) ? null : shareOf(a, '1', b, places);
}

/** For people: rounded half to even, without zeros at the end. */
export function rounded(amount: DecimalText, places: number): DecimalText {
  return plain(new Exact(amount).toDecimalPlaces(places));
}

/** -1, 0 or 1. */
export function compare(a: DecimalText, b: DecimalText): number {
  return new Exact(a).comparedTo(b);
}

export function isZero(a: DecimalText): boolean {
  return new Exact(a).isZero();
}

export function negated(a: DecimalText): DecimalText {
  return plain(new Exact(a).negated());
}

/** The largest multiple of `step` that is not above an amount of 0 or more; with a step of `0` the amount itself. */
export function floorToStep(amount: DecimalText, step: DecimalText): DecimalText {
  return isZero(step) ? amount : plain(new Exact(amount).divToInt(step).times(step));
}

/** The smallest multiple of `step` that is not below an amount of 0 or more; with a step of `0` the amount itself. */
export function ceilToStep(amount: DecimalText, step: DecimalText): DecimalText {
  const floor = floorToStep(amount, step);
  return floor === amount ? floor : plus(floor, step);
}

/** Whether an amount of 0 or more is a whole number of steps; every amount is one of `0`. */
export function isOnStep(amount: DecimalText, step: DecimalText): boolean {
  return floorToStep(amount, step) === amount;
}

/** The smallest step that is a multiple of both; `0` stands for no step. */
export function commonStep(a: DecimalText, b: DecimalText): DecimalText {
  if (isZero(a) || isOnStep(b, a)) return isZero(b) ? a : b;
  if (isOnStep(a, b)) return a;
  let [rest, divisor] = [new Exact(a), new Exact(b)];
  while (!divisor.isZero()) [rest, divisor] = [divisor, rest.mod(divisor)];
  return plain(new Exact(a).divToInt(rest).times(b));
}

/**
 * A double as the amount that people read in it: the shortest text that gives it back.
 *
 * @throws LedgerError LEDGER.INVALID when it is NaN or infinite
 */
export function fromNumber(value: number): DecimalText {
  return toDecimal(String(value));
}

export function sum(amounts: Iterable<DecimalText>): DecimalText {
  let total = new Exact(0);
  for (const amount of amounts) total = total.plus(amount);
  return plain(total);
}

function plain(value: Library): DecimalText {
  return value.isZero() ? ZERO : value.toFixed();
}
