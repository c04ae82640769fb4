import { compare, toDecimal, ZERO, type DecimalText } from '../domain/decimal.js';

/** A reply that is not what was asked for. Whoever reads it turns this into an error, or into an unknown outcome; it never gets out of this room. */
export class Malformed extends Error {
  constructor(what: string) {
    super(what);
    this.name = 'Malformed';
  }
}

/** A reply that contradicts the question or itself: worth an alarm, for it may be about somebody else's order. */
export class Contradiction extends Malformed {}

export type Raw = Readonly<Record<string, unknown>>;

const PLAIN_NUMBER = /^\d{1,20}(?:\.\d{1,20})?$/;
const SIGNED_NUMBER = /^-?\d{1,20}(?:\.\d{1,20})?$/;
/** 1973 and 5138: whatever lies outside is no time in milliseconds. */
const FIRST_TIME = 1e11;
const LAST_TIME = 1e14;

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Malformed('it is no JSON');
  }
}

export function objectOf(value: unknown, what: string): Raw {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Malformed(`${what} is ${shown(value)} instead of an object`);
  return value as Raw;
}

export function listOf(value: unknown, what: string): readonly unknown[] {
  if (!Array.isArray(value)) throw new Malformed(`${what} is ${shown(value)} instead of a list`);
  return value;
}

export function textIn(raw: Raw, field: string): string {
  const value = raw[field];
  if (typeof value !== 'string' || value === '' || value.length > 100) throw wrong(field, value, 'a text');
  return value;
}

/** An amount of at least 0. */
export function amountIn(raw: Raw, field: string): DecimalText {
  return numberIn(raw, field, PLAIN_NUMBER);
}

export function positiveIn(raw: Raw, field: string): DecimalText {
  const amount = numberIn(raw, field, PLAIN_NUMBER);
  if (compare(amount, ZERO) <= 0) throw wrong(field, raw[field], 'an amount above 0');
  return amount;
}

/** An amount that may be below 0, such as a commission that is a rebate. */
export function signedIn(raw: Raw, field: string): DecimalText {
  return numberIn(raw, field, SIGNED_NUMBER);
}

export function timeIn(raw: Raw, field: string): number {
  const value = raw[field];
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < FIRST_TIME || value > LAST_TIME) throw wrong(field, value, 'a time in milliseconds');
  return value;
}

/** A number that names something. Beyond 2^53 a JSON number has lost digits already, and would name something else. */
export function idIn(raw: Raw, field: string): string {
  const value = raw[field];
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return String(value);
  if (typeof value === 'string' && /^\d{1,20}$/.test(value)) return value;
  throw wrong(field, value, 'an id');
}

export function flagIn(raw: Raw, field: string): boolean {
  const value = raw[field];
  if (typeof value !== 'boolean') throw wrong(field, value, 'true or false');
  return value;
}

function numberIn(raw: Raw, field: string, form: RegExp): DecimalText {
  const value = raw[field];
  if (typeof value !== 'string' || !form.test(value)) throw wrong(field, value, 'an amount');
  return toDecimal(value);
}

function wrong(field: string, value: unknown, expected: string): Malformed {
  return new Malformed(`${field} is ${shown(value)} instead of ${expected}`);
}

/** Replies may hold anything, an echo of our own signed request included; only what is short and plain is shown. */
function shown(value: unknown): string {
  if (value === undefined) return 'missing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') return 'an object';
  const text = String(value);
  return /^[A-Za-z0-9 ._/-]{1,24}$/.test(text) ? `"${text}"` : `some other ${typeof value}`;
}
