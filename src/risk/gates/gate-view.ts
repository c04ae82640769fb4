import { rounded, type DecimalText } from '../../domain/decimal.js';
import type { Finding } from '../../domain/finding.js';
import type { LedgerFacts } from '../../persistence/repositories/risk-facts.js';
import type { SwitchPosition } from '../kill-switch.js';
import type { RiskLimits } from '../limits.js';
import type { Marks } from '../marks.js';
import type { RiskCodeName } from '../risk-codes.js';
import type { RiskMemory } from '../risk-memory.js';
import type { GateReading, Proposal } from '../risk-types.js';

/** Everything that a gate may look at: numbers of one moment, and nothing that it could change. */
export interface GateView {
  readonly nowMs: number;
  readonly limits: RiskLimits;
  readonly memory: RiskMemory;
  readonly killSwitch: SwitchPosition;
  readonly findings: readonly Finding[];
  readonly ledger: LedgerFacts;
  readonly marks: Marks;
  readonly base: string;
  readonly quote: string;
  readonly lotStep: DecimalText;
  /** Coins held, orders of unknown outcome counted as executed. */
  readonly position: DecimalText;
  /** null where nobody has asked the exchange. */
  readonly bid: DecimalText | null;
  readonly ask: DecimalText | null;
  readonly freeQuote: DecimalText | null;
}

export type Gate = (proposal: Proposal, view: GateView) => GateReading;

/** @param limit null when the gate is off, and then it lets everything pass */
export function read(code: RiskCodeName, label: string, value: string | null, limit: string | null, passed: boolean): GateReading {
  return { code, label, value, limit, passed: limit === null || passed };
}

/** An amount with its unit, short enough to read. */
export function money(amount: DecimalText, unit: string): string {
  return `${rounded(amount, 8)} ${unit}`;
}

export function counted(count: number, one: string): string {
  return `${count} ${one}${count === 1 ? '' : 's'}`;
}
