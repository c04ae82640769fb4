import type { DecimalText } from '../domain/decimal.js';
import type { Finding } from '../domain/finding.js';
import type { MarketRules } from '../domain/market-rules.js';
import type { OrderPurpose, Side } from '../domain/order.js';

export type RiskLevel = 'ACTIVE' | 'REDUCING' | 'HALTED';

/** What is proposed: an order before it is one. */
export interface Proposal {
  readonly side: Side;
  readonly purpose: OrderPurpose;
  readonly quantity: DecimalText;
  /** Quote currency per coin that the quantity was computed from: close of the last closed candle. */
  readonly referencePrice: DecimalText;
}

/** What the gate has to know besides the proposal; all of it read in this tick. */
export interface RiskFacts {
  /** UTC ms, exchange time. */
  readonly nowMs: number;
  readonly rules: MarketRules;
  readonly bid: DecimalText;
  readonly ask: DecimalText;
  readonly freeQuote: DecimalText;
  /** Coins held by the ledger, orders of unknown outcome counted as executed. */
  readonly position: DecimalText;
  /** What stands against trading from reconciliation and data. */
  readonly findings: readonly Finding[];
}

/** One gate as it was read: `risk show` and `why` print these. */
export interface GateReading {
  /** e.g. `RISK.MAX_POSITION` */
  readonly code: string;
  /** In words: what was looked at. */
  readonly label: string;
  /** As it was, with its unit; null where it could not be known. */
  readonly value: string | null;
  /** What it may be; null when the gate is off. */
  readonly limit: string | null;
  readonly passed: boolean;
}

export type Verdict =
  | { readonly kind: 'approved'; readonly readings: readonly GateReading[] }
  /** `code` and `message` of the first gate that stood against it. */
  | { readonly kind: 'refused'; readonly code: string; readonly message: string; readonly readings: readonly GateReading[] };
