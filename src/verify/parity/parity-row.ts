import { createHash } from 'node:crypto';

import type { Decision } from '../../domain/decision.js';
import type { Side } from '../../domain/order.js';

/** A fill as both wings tell it. */
export interface ParityFill {
  readonly side: Side;
  /** Quote currency per coin, slippage included. */
  readonly price: number;
  /** Coins, before any fee. */
  readonly quantity: number;
  /** In quote currency; one taken in coins is valued at the price. */
  readonly fee: number;
}

/** One bar: what was said and decided at its close, what had filled in it before, and what the account was worth at its close. */
export interface ParityRow {
  /** UTC ms of the bar's open. */
  readonly openTime: number;
  readonly signal: number;
  readonly decision: Decision;
  readonly fill: ParityFill | null;
  readonly equity: number;
  /** The row of every indicator; null where it is undefined. */
  readonly indicators: Readonly<Record<string, number | null>>;
}

/**
 * The canonical text of a row: everything that must be the same to the bit, numbers in their shortest form that reads back as the same
 * double. Fee and equity are sums of roundings in the one wing and exact in the other; they are compared by `parityDifference`.
 */
export function rowText({ openTime, signal, decision, fill }: ParityRow): string {
  return JSON.stringify([openTime, signal, decision, ...(fill === null ? [] : [fill.side, fill.price, fill.quantity])]);
}

/** SHA-256 over the canonical texts, one a line. */
export function logHash(rows: readonly ParityRow[]): string {
  const hash = createHash('sha256');
  for (const row of rows) hash.update(`${rowText(row)}\n`);
  return hash.digest('hex');
}
