import fc from 'fast-check';

import { costs, sizings } from '../../test/support/arbitraries.js';
import type { Costs } from './costs.js';
import { budgetFor, type Sizing } from './sizing.js';

const RECEIVED: Costs = { feeRate: 0.01, feeFrom: 'received', slippage: 0 };
const QUOTE: Costs = { ...RECEIVED, feeFrom: 'quote' };
const SIZING: Sizing = { rule: 'all_in', quoteAmount: 100, fraction: 0.25 };

describe('budgetFor', () => {
  it.each([
    { rule: 'all_in', costs: RECEIVED, cash: 700, budget: 700, why: 'all there is' },
    { rule: 'fixed_quote', costs: RECEIVED, cash: 700, budget: 100, why: 'the amount' },
    { rule: 'fixed_quote', costs: QUOTE, cash: 700, budget: 101, why: 'the amount and the fee on top of it' },
    { rule: 'fixed_quote', costs: QUOTE, cash: 60, budget: 60, why: 'no more than there is' },
    { rule: 'fraction', costs: RECEIVED, cash: 700, budget: 200, why: 'a quarter of an equity of 800' },
    { rule: 'fraction', costs: RECEIVED, cash: 150, budget: 150, why: 'no more than there is' },
  ] as const)('$rule with $cash in cash: $why', ({ rule, costs, cash, budget }) => {
    expect(budgetFor({ ...SIZING, rule }, cash, 800, costs)).toBe(budget);
  });

  it('never exceeds the cash', () => {
    fc.assert(
      fc.property(sizings(), costs(), fc.nat(5000), fc.nat(5000), (sizing, costs, cash, coins) => {
        expect(budgetFor(sizing, cash, cash + coins, costs)).toBeLessThanOrEqual(cash);
      }),
    );
  });
});
