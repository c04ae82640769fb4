import { compare, minus, negated, plus, ratio, times, ZERO, type DecimalText } from '../../domain/decimal.js';
import { read, type Gate, type GateView } from './gate-view.js';
import { isAmount } from './standing.js';

const BPS = '10000';
const limited = (limit: DecimalText | null): string | null => (limit === null ? null : `at most ${limit} bps`);

/** A book without a price that could be true: neither of the two gates below could say anything. */
export const book: Gate = (_proposal, { bid, ask }) => read('RISK.BOOK', 'Order book', bid === null || ask === null ? null : `${bid} / ${ask}`, '0 < bid <= ask', isAmount(bid) && isAmount(ask) && compare(bid, ask) <= 0);

export const priceDeviation: Gate = ({ referencePrice }, view) => {
  const sides = twice(view);
  const close = times(referencePrice, '2');
  const share = sides === null ? null : { part: absolute(minus(sides, close)), whole: close };
  return read('RISK.PRICE_DEVIATION', 'Book from last close', shown(share), limited(view.limits.priceDeviationBps), within(share, view.limits.priceDeviationBps));
};

export const spread: Gate = (_proposal, view) => {
  const { bid, ask, limits } = view;
  const sides = twice(view);
  const share = sides === null || bid === null || ask === null ? null : { part: times(minus(ask, bid), '2'), whole: sides };
  return read('RISK.SPREAD', 'Spread of the book', shown(share), limited(limits.spreadBps), within(share, limits.spreadBps));
};

/** Kept apart, so that comparing needs no rounding. */
interface Share {
  readonly part: DecimalText;
  readonly whole: DecimalText;
}

/** Two times the middle, which needs no division; null without two prices. */
function twice({ bid, ask }: GateView): DecimalText | null {
  return isAmount(bid) && isAmount(ask) ? plus(bid, ask) : null;
}

function absolute(amount: DecimalText): DecimalText {
  return compare(amount, ZERO) < 0 ? negated(amount) : amount;
}

function shown(share: Share | null): string | null {
  return share === null ? null : `${ratio(times(share.part, BPS), share.whole, 2)} bps`;
}

function within(share: Share | null, limit: DecimalText | null): boolean {
  return share !== null && limit !== null && compare(times(share.part, BPS), times(limit, share.whole)) <= 0;
}
