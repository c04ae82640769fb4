import { compare, minus, negated, plus, ZERO, type DecimalText } from '../../../src/domain/decimal.js';
import { ExchangeError } from '../../../src/domain/errors.js';
import type { Reconciler } from '../../../src/execution/reconciler.js';
import type { Reconciliation } from '../../../src/execution/reconciliation.js';
import type { AdjustmentRepository } from '../../../src/persistence/repositories/adjustment-repository.js';
import type { RiskStates } from '../../../src/risk/risk-states.js';
import type { SimulatedWorld } from '../world/simulated-world.js';
import { BOOK } from './trading-parts.js';

interface Operated {
  readonly reconciler: Reconciler;
  readonly states: RiskStates;
  readonly adjustments: AdjustmentRepository;
}

/**
 * What a person does who was called: looks at the account, accepts coins that are gone, and lets the bot go on.
 *
 * @returns coins taken out of the position, as a signed decimal
 */
export async function actAsOperator(world: SimulatedWorld, { reconciler, states, adjustments }: Operated): Promise<DecimalText> {
  const state = await reconciler.reconcile(world.nowMs).catch((error: unknown) => {
    if (error instanceof ExchangeError) return null;
    throw error;
  });
  const adjusted = state === null ? ZERO : await acceptedMismatch(state, adjustments);
  await states.resume(world.nowMs, 'the simulated operator');
  return adjusted;
}

/** Coins that are in the ledger and not in the wallet are taken out of the ledger. */
async function acceptedMismatch({ balances, position, unresolved, working, serverTime }: Reconciliation, adjustments: AdjustmentRepository): Promise<DecimalText> {
  const coins = Object.hasOwn(balances, 'BTC') ? balances['BTC'] : { free: ZERO, locked: ZERO };
  const there = plus(coins.free, coins.locked);
  if (unresolved.length > 0 || working.length > 0 || compare(there, position.quantity) >= 0) return ZERO;
  const { botId, mode, exchange, symbol } = BOOK;
  await adjustments.acceptMismatch({ botId, mode, exchange, symbol, held: position.quantity, there, at: serverTime, reason: 'by_hand', details: {} });
  return negated(minus(position.quantity, there));
}
