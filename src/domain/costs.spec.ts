import fc from 'fast-check';

import { costs as anyCosts, lots } from '../../test/support/arbitraries.js';
import { buyPrice, coinScale, exactCoins, purchase, sale, sellPrice, type Costs, type Lot, type Purchase, type Sale } from './costs.js';

const ANY: Lot = { quantityStep: 0, minNotional: 0 };
const RECEIVED: Costs = { feeRate: 0.01, feeFrom: 'received', slippage: 0 };
const QUOTE: Costs = { ...RECEIVED, feeFrom: 'quote' };

describe('slippage', () => {
  it('is against the taker, both ways', () => {
    const costs = { ...RECEIVED, slippage: 0.25 };
    expect([buyPrice(100, costs), sellPrice(100, costs)]).toEqual([125, 75]);
  });
});

describe('purchase', () => {
  it('takes the fee from the coins', () => {
    // 500 / 50: 10 coins, 1 % of them stays with the exchange; 0.1 coins are worth 5.
    expect(purchase(500, 50, RECEIVED, ANY)).toEqual({ quantity: 10, received: 10 * 0.99, spent: 500, fee: 5 });
  });

  it('or adds it in quote currency, within the budget', () => {
    // 505 / (50 * 1.01): 10 coins for 500, and 5 on top.
    expect(purchase(505, 50, QUOTE, ANY)).toEqual({ quantity: 10, received: 10, spent: 505, fee: 5 });
  });

  it('buys whole steps and leaves the rest of the budget alone', () => {
    const lot = { quantityStep: 0.1, minNotional: 0 };
    // 999 / 100 = 9.99: 99 steps. With the fee on top 999 / 101 = 9.89...: 98 steps, 980 + 9.8.
    expect(purchase(999, 100, RECEIVED, lot)).toEqual({ quantity: 9.9, received: 9.9 * 0.99, spent: 990, fee: 9.9 });
    expect(purchase(999, 100, QUOTE, lot)).toEqual({ quantity: 9.8, received: 9.8, spent: expect.closeTo(989.8, 10), fee: expect.closeTo(9.8, 10) });
  });

  it.each([
    { budget: 99, lot: { quantityStep: 1, minNotional: 0 }, why: 'less than a step' },
    { budget: 99, lot: { quantityStep: 0, minNotional: 100 }, why: 'less than the least notional' },
    { budget: 199, lot: { quantityStep: 1, minNotional: 101 }, why: 'less than the least notional once rounded' },
    { budget: 0, lot: ANY, why: 'no money' },
    { budget: -1, lot: ANY, why: 'less than no money' },
  ])('is no order at all for $why', ({ budget, lot }) => {
    expect(purchase(budget, 100, { ...RECEIVED, feeRate: 0 }, lot)).toBeNull();
  });

  it('takes an order of exactly the least notional', () => {
    expect(purchase(100, 100, RECEIVED, { quantityStep: 1, minNotional: 100 })).toMatchObject({ quantity: 1 });
  });

  const budgets = fc.integer({ min: 1, max: 1e8 }).map((cents) => cents / 100);
  const prices = fc.integer({ min: 1, max: 1e8 }).map((ticks) => ticks / 1000);

  it('leaves exactly 0 of a budget where any quantity is good', () => {
    fc.assert(fc.property(budgets, prices, anyCosts(), (budget, price, costs) => budget - (purchase(budget, price, costs, ANY) as Purchase).spent === 0));
  });

  it('never spends more than the budget, beyond the tolerance of a step, and never less than a step below it', () => {
    fc.assert(
      fc.property(budgets, prices, anyCosts(), lots(), (budget, price, costs, lot) => {
        const bought = purchase(budget, price, costs, lot);
        if (bought === null) return;
        const { quantity, received, spent, fee } = bought;
        const unit = lot.quantityStep * price * (costs.feeFrom === 'quote' ? 1 + costs.feeRate : 1);
        expect(spent).toBeLessThanOrEqual(budget + 2e-9 * unit + 1e-12 * budget);
        expect(spent).toBeGreaterThan(budget - unit - 1e-12 * budget - Number.MIN_VALUE);
        expect(fee).toBeCloseTo(quantity * price * costs.feeRate, 6);
        expect(received).toBe(costs.feeFrom === 'quote' ? quantity : quantity * (1 - costs.feeRate));
        expect(quantity * price).toBeGreaterThanOrEqual(lot.minNotional);
      }),
      { numRuns: 500 },
    );
  });
});

describe('sale', () => {
  it('takes the fee from the proceeds, wherever that of a purchase is taken', () => {
    for (const costs of [RECEIVED, QUOTE]) expect(sale(10, 50, costs, ANY)).toEqual({ quantity: 10, proceeds: 495, fee: 5 });
  });

  it('sells whole steps', () => {
    expect(sale(9.95, 100, RECEIVED, { quantityStep: 0.1, minNotional: 0 })).toMatchObject({ quantity: 9.9 });
  });

  it.each([
    { held: 0.9, lot: { quantityStep: 1, minNotional: 0 }, why: 'less than a step' },
    { held: 0.9, lot: { quantityStep: 0, minNotional: 100 }, why: 'worth less than the least notional' },
    { held: 0, lot: ANY, why: 'nothing' },
  ])('is no order at all for $why', ({ held, lot }) => {
    expect(sale(held, 100, RECEIVED, lot)).toBeNull();
  });

  it('gives back what a purchase took, less two fees and twice the slippage', () => {
    const prices = fc.integer({ min: 1, max: 1e8 }).map((ticks) => ticks / 1000);
    fc.assert(
      fc.property(prices, anyCosts(), (reference, costs) => {
        const { received } = purchase(1000, buyPrice(reference, costs), costs, ANY) as Purchase;
        const { proceeds } = sale(received, sellPrice(reference, costs), costs, ANY) as Sale;
        const { feeRate, slippage, feeFrom } = costs;
        const kept = feeFrom === 'quote' ? (1 - feeRate) / (1 + feeRate) : (1 - feeRate) ** 2;
        expect(proceeds).toBeCloseTo((1000 * kept * (1 - slippage)) / (1 + slippage), 8);
      }),
    );
  });
});

describe('coins on a market with steps', () => {
  const steps: Lot = { quantityStep: 0.00001, minNotional: 0 };

  it.each([
    { costs: { ...RECEIVED, feeRate: 0.00075 }, lot: steps, scale: 1e10, why: 'five decimals of a step and five of the fee' },
    { costs: { ...QUOTE, feeRate: 0.00075 }, lot: steps, scale: 1e5, why: 'no fee is taken from them' },
    { costs: { ...RECEIVED, feeRate: 1 / 3 }, lot: steps, scale: 0, why: 'a third has no last digit' },
    { costs: { ...RECEIVED, feeRate: 1e-12 }, lot: { ...steps, quantityStep: 1e-12 }, scale: 0, why: 'so many digits are no longer exact' },
    { costs: RECEIVED, lot: ANY, scale: 0, why: 'there are no steps' },
  ])('are counted in units of 1 / $scale: $why', ({ costs, lot, scale }) => {
    expect(coinScale(costs, lot)).toBe(scale);
  });

  it('stay the decimals that they are, however many trades there were', () => {
    let [exact, drifting] = [0, 0];
    for (let trade = 0; trade < 80_000; trade++) {
      exact = exactCoins(exact + 49.995 * (1 - 0.00075), 1e10);
      exact = exactCoins(exact - 49.9575, 1e10);
      drifting = drifting + 49.995 * (1 - 0.00075) - 49.9575;
    }
    // 0.00000375 are left over each time.
    expect(exact).toBe(0.3);
    expect(drifting).not.toBe(0.3);
  });

  it('are left alone without a scale, or where a double does not hold every unit', () => {
    expect([exactCoins(1 / 3, 0), exactCoins(1e6 / 3, 1e10)]).toEqual([1 / 3, 1e6 / 3]);
  });
});
