import { minus, type DecimalText } from './decimal.js';
import { costOf, holdingOf, type Position, type RoundTrip } from './ledger.js';

export interface TakenOut {
  readonly position: Position;
  /** What the coins had cost: it leaves with them, so that nothing is won or lost. */
  readonly cost: DecimalText;
  /** The round trip that was under way; closed when nothing is left that could be sold. */
  readonly trip: RoundTrip | null;
}

/**
 * Coins that left the account without an order of ours: withdrawn, converted or sold by hand. They go at their average cost. Pure.
 *
 * @param quantity coins, above zero and at most those held
 * @param lotStep smallest quantity that can be traded
 */
export function takeOut(position: Position, openTrip: RoundTrip | null, quantity: DecimalText, at: number, lotStep: DecimalText): TakenOut {
  const cost = costOf(position, quantity);
  const after = { ...position, quantity: minus(position.quantity, quantity), cost: minus(position.cost, cost) };
  const closes = openTrip !== null && holdingOf(after.quantity, lotStep) !== 'open';
  return { position: after, cost, trip: closes ? { ...openTrip, closedAt: at } : openTrip };
}
