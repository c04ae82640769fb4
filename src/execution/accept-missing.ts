import { minus, plus, type DecimalText } from '../domain/decimal.js';
import { SafetyHalt } from '../domain/errors.js';
import type { AdjustmentEntity } from '../persistence/entities/adjustment.entity.js';
import type { TradingDesk } from './open-desk.js';
import type { Reconciliation } from './reconciliation.js';

/** Coins that the ledger holds and that are not there, as one pass of reconciliation saw them. */
export interface MissingCoins {
  readonly held: DecimalText;
  readonly free: DecimalText;
  readonly locked: DecimalText;
  readonly there: DecimalText;
  readonly missing: DecimalText;
}

/** @throws SafetyHalt RECONCILE.NOTHING_TO_ACCEPT when nothing is missing, or an order that may explain it is not done */
export function missingCoins({ rules, position, balances, findings }: Reconciliation): MissingCoins {
  const held = position.quantity;
  const { free, locked } = Object.hasOwn(balances, rules.base) ? balances[rules.base] : { free: '0', locked: '0' };
  const there = plus(free, locked);
  if (!findings.some(({ code }) => code === 'RECONCILE.MISMATCH')) {
    throw new SafetyHalt('RECONCILE.NOTHING_TO_ACCEPT', `Nothing is known to be missing: the ledger holds ${held} ${rules.base}, and the account has ${there}. Nothing was changed`);
  }
  return { held, free, locked, there, missing: minus(held, there) };
}

/** Writes what a person has seen and accepts. @param why in that person's words */
export async function acceptMissing({ book, adjustments }: Pick<TradingDesk, 'book' | 'adjustments'>, { held, free, locked, there }: MissingCoins, at: number, why: string): Promise<AdjustmentEntity> {
  const { botId, mode, exchange, symbol } = book;
  return adjustments.acceptMismatch({ botId, mode, exchange, symbol, held, there, at, reason: 'by_hand', details: { free, locked, why } });
}
