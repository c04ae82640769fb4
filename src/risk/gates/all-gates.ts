import type { GateReading, Proposal } from '../risk-types.js';
import { minFreeQuote, sufficientQuote } from './funds.js';
import type { Gate, GateView } from './gate-view.js';
import { consecutiveErrors, losingStreak, maxDailyLoss, maxDrawdown } from './loss.js';
import { exitWithinPosition, maxOrderValue, maxPosition } from './position.js';
import { book, priceDeviation, spread } from './price.js';
import { ordersPerDay, ordersPerHour, runaway } from './rate.js';
import { findingReadings, killSwitch, level, validity } from './standing.js';

/** What stands against an entry, and only there: getting out must stay possible. */
const ENTRY_GATES: readonly Gate[] = [maxPosition, maxOrderValue, ordersPerHour, ordersPerDay, losingStreak, consecutiveErrors, book, priceDeviation, spread, sufficientQuote, minFreeQuote];
const EXIT_GATES: readonly Gate[] = [exitWithinPosition, runaway];

/** Crossing one of these halts, so they hold for every order. */
export const LOSS_GATES: readonly Gate[] = [maxDailyLoss, maxDrawdown];

/** Every gate that has a say in the proposal, read; what cannot be an order is only told so. */
export function readGates(proposal: Proposal, view: GateView): readonly GateReading[] {
  const sound = validity(proposal, view);
  if (!sound.passed) return [sound];
  const gates = [killSwitch, level];
  const rest = [...LOSS_GATES, ...(proposal.purpose === 'entry' ? ENTRY_GATES : EXIT_GATES)];
  return [sound, ...gates.map((gate) => gate(proposal, view)), ...findingReadings(proposal, view), ...rest.map((gate) => gate(proposal, view))];
}
