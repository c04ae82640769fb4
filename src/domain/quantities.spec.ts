import fc from 'fast-check';

import { costs as anyCosts } from '../../test/support/arbitraries.js';
import { marketRules } from '../../test/support/market-rules.js';
import { purchase, sale, type Costs } from './costs.js';
import { compare, floorToStep, fromNumber, isOnStep, plus, times } from './decimal.js';
import { orderProblem, quantityStepOf } from './fit-order.js';
import type { MarketRules } from './market-rules.js';
import { holdingAt, purchaseQuantity, saleQuantity } from './quantities.js';
import { floorSteps } from './steps.js';

const FEE: Costs = { feeRate: 0.001, feeFrom: 'received', slippage: 0 };
const ON_TOP: Costs = { ...FEE, feeFrom: 'quote' };
const RULES = marketRules();
const DUST = marketRules({ symbol: 'DUST/USDT', base: 'DUST', lotStep: '0.1', minQuantity: '0.1', minNotional: '10' });

function anyRules(): fc.Arbitrary<MarketRules> {
  const steps = fc.constantFrom('0.00001', '0.001', '0.1', '1', '0.25', '7');
  return fc
    .record({ lotStep: steps, marketLotStep: fc.constantFrom('0', '0', '0.001', '0.2'), minNotional: fc.constantFrom('0', '5', '10', '200'), maxMarketQuantity: fc.constantFrom('0', '100', '2000.5'), least: fc.constantFrom(1, 3) })
    .map(({ least, ...rules }) => marketRules({ ...rules, minQuantity: times(rules.lotStep, String(least)) }));
}

const cents = (max: number): fc.Arbitrary<string> => fc.integer({ min: 1, max }).map((amount) => fromNumber(amount / 100));

describe('the quantity that a budget buys', () => {
  it.each([
    // 100 / 42000 = 0.002380952…
    { budget: '100', price: '42000', costs: FEE, quantity: '0.00238', why: 'rounds down to the step' },
    // 100 / (42000 * 1.001) = 0.00237857…
    { budget: '100', price: '42000', costs: ON_TOP, quantity: '0.00237', why: 'keeps back the fee that comes on top' },
    { budget: '84', price: '42000', costs: FEE, quantity: '0.002', why: 'spends the whole budget where it is exactly on a step' },
    { budget: '84.084', price: '42000', costs: ON_TOP, quantity: '0.002', why: 'also with its fee: 84 * 1.001' },
    { budget: '83.99999999999999999999', price: '42000', costs: FEE, quantity: '0.00199', why: 'is not fooled by digits that no double holds' },
    { budget: '5.04', price: '42000', costs: FEE, quantity: '0.00012', why: 'takes the least notional' },
    { budget: '5.03', price: '42000', costs: FEE, quantity: null, why: 'buys nothing below the least notional' },
    { budget: '9000000', price: '42000', costs: FEE, quantity: '100', why: 'buys no more than a market order may' },
    { budget: '0', price: '42000', costs: FEE, quantity: null, why: 'buys nothing for nothing' },
    { budget: '-5', price: '42000', costs: FEE, quantity: null, why: 'buys nothing for less than nothing' },
  ])('$why', ({ budget, price, costs, quantity }) => {
    expect(purchaseQuantity(budget, price, RULES, costs)).toBe(quantity);
  });

  it('T10 fits every step and every limit, and its cost and fee are within the budget to the last digit', () => {
    fc.assert(
      fc.property(cents(1e8), cents(1e8), anyRules(), anyCosts(), (budget, price, rules, costs) => {
        const quantity = purchaseQuantity(budget, price, rules, costs);
        if (quantity === null) return;
        expect(orderProblem({ symbol: rules.symbol, side: 'buy', type: 'market', quantity, limitPrice: null, stopPrice: null }, rules, price)).toBeNull();
        const unit = costs.feeFrom === 'quote' ? times(price, plus('1', fromNumber(costs.feeRate))) : price;
        expect(compare(times(quantity, unit), budget)).toBeLessThanOrEqual(0);
      }),
      { numRuns: 2000 },
    );
  });

  it('leaves no step unbought that the budget pays for', () => {
    fc.assert(
      fc.property(cents(1e7), cents(1e7), fc.constantFrom('0.00001', '0.001', '0.1'), anyCosts(), (budget, price, lotStep, costs) => {
        const rules = marketRules({ lotStep, minQuantity: lotStep, maxQuantity: '0', maxMarketQuantity: '0', minNotional: '0' });
        const unit = costs.feeFrom === 'quote' ? times(price, plus('1', fromNumber(costs.feeRate))) : price;
        const next = plus(purchaseQuantity(budget, price, rules, costs) ?? '0', lotStep);
        expect(compare(times(next, unit), budget)).toBeGreaterThan(0);
      }),
      { numRuns: 1000 },
    );
  });

  it('is the number that a backtest buys, budgets of exactly so many steps included', () => {
    const onStep = fc.record({ steps: fc.integer({ min: 1, max: 1e6 }), price: cents(1e7) }).map(({ steps, price }) => ({ price, budget: times(times(String(steps), '0.001'), price) }));
    const anywhere = fc.record({ price: fc.double({ min: 0.01, max: 1e5, noNaN: true }).map(fromNumber), budget: cents(1e8) });
    const lot = { quantityStep: 0.001, minNotional: 5 };
    const rules = marketRules({ lotStep: '0.001', minQuantity: '0', maxQuantity: '0', maxMarketQuantity: '0' });
    fc.assert(
      fc.property(fc.oneof(onStep, anywhere), anyCosts(), ({ price, budget }, costs) => {
        const bought = purchase(Number(budget), Number(price), costs, lot);
        // Budgets of more digits than a double has are another matter, see above.
        if (fromNumber(Number(budget)) === budget) expect(purchaseQuantity(budget, price, rules, costs)).toBe(bought === null ? null : fromNumber(bought.quantity));
      }),
      { numRuns: 2000 },
    );
  });
});

describe('the quantity that can be sold', () => {
  it.each([
    { held: '0.0009995', free: '0.0009995', quantity: '0.00099', why: 'rounds down: what a fee left over stays behind' },
    { held: '0.002', free: '0.0015', quantity: '0.0015', why: 'is no more than the account can dispose of' },
    { held: '0.002', free: '5', quantity: '0.002', why: 'leaves coins alone that are not ours' },
    { held: '0.000009', free: '1', quantity: null, why: 'is nothing below a step' },
    { held: '-1', free: '1', quantity: null, why: 'is nothing of a debt' },
    { held: '1', free: '-1', quantity: null, why: 'is nothing where nothing is free' },
    { held: '500', free: '500', quantity: '100', why: 'is no more than one market order may be' },
  ])('$why', ({ held, free, quantity }) => {
    expect(saleQuantity(held, free, RULES)).toBe(quantity);
  });

  it('T10 is never more than is held, fits every step, and leaves less than a step', () => {
    const amounts = fc.tuple(fc.integer({ min: 0, max: 1e9 }), fc.integer({ min: 0, max: 8 })).map(([digits, places]) => times(String(digits), fromNumber(10 ** -places)));
    fc.assert(
      fc.property(amounts, amounts, anyRules(), (held, free, rules) => {
        const quantity = saleQuantity(held, free, rules);
        const most = compare(held, free) < 0 ? held : free;
        if (quantity === null) return;
        expect(compare(quantity, most)).toBeLessThanOrEqual(0);
        expect(isOnStep(quantity, rules.lotStep) && isOnStep(quantity, rules.marketLotStep)).toBe(true);
        const unlimited = saleQuantity(held, free, { ...rules, maxQuantity: '0', maxMarketQuantity: '0' });
        expect(compare(plus(unlimited as string, quantityStepOf(rules)), most)).toBeGreaterThan(0);
      }),
      { numRuns: 1000 },
    );
  });

  it('is what a backtest sells of a position that fees of up to eight digits have left', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000_000 }), fc.integer({ min: 0, max: 2_000_000 }), fc.constantFrom('0.00001', '0.001', '0.1', '1'), (steps, fee, step) => {
        const feeRate = fee / 1e8;
        const bought = times(String(steps), step);
        const held = times(bought, fromNumber((1e8 - fee) / 1e8));
        const sold = sale(Number(bought) * (1 - feeRate), 1, { ...FEE, feeRate }, { quantityStep: Number(step), minNotional: 0 });
        const rules = marketRules({ lotStep: step, minQuantity: step, maxQuantity: '0', maxMarketQuantity: '0' });
        expect(saleQuantity(held, held, rules)).toBe(sold === null ? null : fromNumber(sold.quantity));
      }),
      { numRuns: 2000 },
    );
  });
});

describe('rounding to steps in doubles and in decimals', () => {
  it.each([
    { step: '0.00001', naively: 49_918 },
    { step: '0.0001', naively: 27_943 },
    { step: '0.1', naively: 33_446 },
    { step: '0.3', naively: 0 },
  ])('T10 agrees on 100,000 multiples of $step, $naively of which a plain division gets wrong', ({ step, naively }) => {
    const double = Number(step);
    let [naive, wrong] = [0, 0];
    for (let n = 1; n <= 100_000; n++) {
      const value = Number((n * double).toFixed(5));
      if (Math.floor(value / double) !== n) naive++;
      if (floorSteps(value, double) !== n || floorToStep(fromNumber(value), step) !== fromNumber(value)) wrong++;
    }
    expect({ wrong, naive }).toEqual({ wrong: 0, naive: naively });
  });
});

describe('what a holding is for decisions', () => {
  it.each([
    { quantity: '0', price: '20', holding: 'flat', why: 'nothing is flat' },
    { quantity: '0.05', price: '1000', holding: 'dust', why: 'less than a step cannot be sold at any price' },
    { quantity: '0.49', price: '20', holding: 'dust', why: '0.4 can be sold, but is worth 8 where 10 are the least' },
    { quantity: '0.5', price: '20', holding: 'open', why: 'is worth exactly the least' },
    { quantity: '0.49', price: '25', holding: 'open', why: 'the same becomes sellable when the price rises' },
  ])('$why', ({ quantity, price, holding }) => {
    expect(holdingAt(quantity, DUST, price)).toBe(holding);
  });
});
