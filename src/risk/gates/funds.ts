import { compare, minus, times, ZERO, type DecimalText } from '../../domain/decimal.js';
import type { Proposal } from '../risk-types.js';
import { money, read, type Gate, type GateView } from './gate-view.js';
import { isAmount } from './standing.js';

export const sufficientQuote: Gate = (proposal, view) => {
  const { freeQuote, quote } = view;
  const left = leftOver(proposal, view);
  const needed = isAmount(view.ask) ? money(times(view.ask, proposal.quantity), quote) : 'its price';
  return read('RISK.INSUFFICIENT_QUOTE', 'Free for the order', freeQuote === null ? null : money(freeQuote, quote), `at least ${needed}`, left !== null && compare(left, ZERO) >= 0);
};

export const minFreeQuote: Gate = (proposal, view) => {
  const { quote, limits } = view;
  const left = leftOver(proposal, view);
  const limit = compare(limits.minFreeQuote, ZERO) > 0 ? `at least ${money(limits.minFreeQuote, quote)}` : null;
  return read('RISK.MIN_FREE_QUOTE', 'Free after it', left === null ? null : money(left, quote), limit, left !== null && compare(left, limits.minFreeQuote) >= 0);
};

function leftOver({ quantity }: Proposal, { freeQuote, ask }: GateView): DecimalText | null {
  return freeQuote !== null && isAmount(ask) ? minus(freeQuote, times(ask, quantity)) : null;
}
