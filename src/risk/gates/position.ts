import { compare, plus, times, ZERO, type DecimalText } from '../../domain/decimal.js';
import { holdingOf } from '../../domain/ledger.js';
import { money, read, type Gate } from './gate-view.js';
import { isAmount } from './standing.js';

/** What is held and what is bought, at the ask. Dust below one step is not counted: it cannot be sold, so it would stand against entries for ever. */
export const maxPosition: Gate = ({ quantity }, { position, lotStep, ask, quote, limits }) => {
  const held = holdingOf(position, lotStep) === 'open' ? position : ZERO;
  const value = at(ask, plus(held, quantity));
  return read('RISK.MAX_POSITION', 'Position after it', shown(value, quote), `at most ${money(limits.positionValue, quote)}`, within(value, limits.positionValue));
};

export const maxOrderValue: Gate = ({ quantity }, { ask, quote, limits }) => {
  const value = at(ask, quantity);
  return read('RISK.MAX_ORDER_VALUE', 'Value of the order', shown(value, quote), `at most ${money(limits.orderValue, quote)}`, within(value, limits.orderValue));
};

/** Never sells what was not bought. */
export const exitWithinPosition: Gate = ({ quantity }, { position, base }) =>
  read('RISK.EXIT_ABOVE_POSITION', 'Coins to sell', money(quantity, base), `at most ${money(position, base)} held`, compare(quantity, position) <= 0);

function at(price: DecimalText | null, quantity: DecimalText): DecimalText | null {
  return isAmount(price) ? times(price, quantity) : null;
}

function shown(value: DecimalText | null, unit: string): string | null {
  return value === null ? null : money(value, unit);
}

function within(value: DecimalText | null, limit: DecimalText): boolean {
  return value !== null && compare(value, limit) <= 0;
}
