import fc from 'fast-check';

import { marketRules } from '../../test/support/market-rules.js';
import { compare, fromNumber, isOnStep, minus, plus, times } from './decimal.js';
import { capPrice, orderProblem, quantityStepOf, type OrderShape } from './fit-order.js';

const RULES = marketRules();

function order(changes: Partial<OrderShape> = {}): OrderShape {
  return { symbol: 'BTC/USDT', side: 'buy', type: 'market', quantity: '0.001', limitPrice: null, stopPrice: null, ...changes };
}

function limit(changes: Partial<OrderShape> = {}): OrderShape {
  return order({ type: 'limit', limitPrice: '42000.01', ...changes });
}

describe('what a market says to an order', () => {
  it.each([
    { given: order(), why: 'a market order on the step' },
    { given: limit(), why: 'a limit order on the price step' },
    { given: order({ type: 'stop_loss_limit', side: 'sell', limitPrice: '41000', stopPrice: '41500.5' }), why: 'a stop' },
    { given: order({ quantity: '100' }), why: 'the most of a market order' },
    { given: limit({ quantity: '200', limitPrice: '42000' }), why: 'more than that at a limit' },
    { given: order({ quantity: '0.00012' }), why: 'just above the least notional: 0.00012 * 42000 = 5.04' },
  ])('takes $why', ({ given }) => {
    expect(orderProblem(given, RULES, '42000')).toBeNull();
  });

  it.each([
    { given: order({ quantity: '0.0010000001' }), code: 'LOT_SIZE', why: 'a quantity between two steps' },
    { given: order({ quantity: '0.000001' }), code: 'LOT_SIZE', why: 'less than the least quantity' },
    { given: order({ quantity: '9000.00001' }), code: 'LOT_SIZE', why: 'more than the most' },
    { given: order({ quantity: '100.00001' }), code: 'MARKET_LOT_SIZE', why: 'more than the most of a market order' },
    { given: limit({ limitPrice: '42000.001' }), code: 'PRICE_FILTER', why: 'a price between two steps' },
    { given: limit({ limitPrice: '0.001' }), code: 'PRICE_FILTER', why: 'a price below the least' },
    { given: limit({ limitPrice: '1000000.01' }), code: 'PRICE_FILTER', why: 'a price above the most' },
    { given: order({ type: 'stop_loss_limit', limitPrice: '41000', stopPrice: '41500.005' }), code: 'PRICE_FILTER', why: 'a stop price between two steps' },
    { given: order({ quantity: '0.00011' }), code: 'NOTIONAL', why: 'a market order worth too little at the reference: 4.62' },
    { given: limit({ quantity: '0.00011' }), code: 'NOTIONAL', why: 'a limit order worth too little at its limit' },
    { given: limit({ quantity: '300', limitPrice: '42000' }), code: 'NOTIONAL', why: 'a limit order worth too much: 12.6 million' },
    { given: order({ limitPrice: '42000' }), code: 'LOCAL.INVALID', why: 'a price on a market order' },
    { given: limit({ stopPrice: '42000' }), code: 'LOCAL.INVALID', why: 'a stop price on a limit order' },
    { given: limit({ limitPrice: null }), code: 'LOCAL.INVALID', why: 'a limit order without a limit' },
    { given: order({ symbol: 'ETH/USDT' }), code: 'LOCAL.INVALID', why: 'an order for another market' },
  ])('refuses $why as $code', ({ given, code }) => {
    expect(orderProblem(given, RULES, '42000')).toMatchObject({ code });
  });

  it('says what was wrong, what it was and what it has to be', () => {
    expect(orderProblem(order({ quantity: '0.000015' }), RULES, '42000')?.message).toBe('The quantity 0.000015 is no multiple of the step 0.00001');
    expect(orderProblem(order({ quantity: '1e-5' }), RULES, '42000')?.message).toBe('The quantity of a market order must be a decimal text above 0 such as 0.001, was "1e-5"');
  });

  it('takes any quantity and price where there are no rules', () => {
    const none = marketRules({ priceStep: '0', lotStep: '0', minQuantity: '0', maxQuantity: '0', maxMarketQuantity: '0', minPrice: '0', maxPrice: '0', minNotional: '0', maxNotional: '0' });
    expect(orderProblem(limit({ quantity: '0.000000000123', limitPrice: '123456789.000000001' }), none, '1')).toBeNull();
  });

  const NEVER = ['NaN', 'Infinity', '-Infinity', '-1', '-0.001', '0', '-0', '0.0', '1e-9', '0.000000001', '1e12', '1000000000000', '1e5', '0x10', '1_000', '1,5', ' 1', '1 ', '+1', '01', '.5', '5.', '1.50', '', '٣', `0.${'1'.repeat(70)}`];

  it.each(NEVER)('F105 never takes the amount "%s", wherever it stands', (amount) => {
    expect(orderProblem(order({ quantity: amount }), RULES, '42000')).not.toBeNull();
    expect(orderProblem(limit({ limitPrice: amount }), RULES, '42000')).not.toBeNull();
    expect(orderProblem(order({ type: 'stop_loss_limit', limitPrice: '41000', stopPrice: amount }), RULES, '42000')).not.toBeNull();
  });

  it.each([null, undefined, 1, NaN, {}, [], ['1'], true])('F105 never takes what is no text: %p', (amount) => {
    expect(orderProblem(order({ quantity: amount as never }), RULES, '42000')).toMatchObject({ code: 'LOCAL.INVALID' });
  });

  it('F105 takes no text at all that is not plain, positive and on the step', () => {
    const texts = fc.oneof(fc.string({ maxLength: 12 }), fc.double().map(String), fc.stringMatching(/^[-+0-9.eExX]{1,10}$/));
    fc.assert(
      fc.property(texts, (text) => {
        if (orderProblem(order({ quantity: text }), RULES, '42000') !== null) return;
        expect(text).toMatch(/^\d+(\.\d{1,5})?$/);
        expect(Number(text)).toBeGreaterThan(0);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('the step of every order', () => {
  it.each([
    { lotStep: '0.00001', marketLotStep: '0', step: '0.00001' },
    { lotStep: '0', marketLotStep: '0.1', step: '0.1' },
    { lotStep: '0.001', marketLotStep: '0.1', step: '0.1' },
    { lotStep: '0.4', marketLotStep: '0.6', step: '1.2' },
    { lotStep: '0', marketLotStep: '0', step: '0' },
  ])('of $lotStep and $marketLotStep is $step', ({ step, ...rules }) => {
    expect(quantityStepOf(rules)).toBe(step);
  });
});

describe('the worst price that is taken', () => {
  it.each([
    { side: 'buy', reference: '42000', capBps: 50, cap: '42210' },
    { side: 'sell', reference: '42000', capBps: 50, cap: '41790' },
    // 0.5 % of 42000.01 is 210.00005: 42210.01005 and 41790.00995.
    { side: 'buy', reference: '42000.01', capBps: 50, cap: '42210.01' },
    { side: 'sell', reference: '42000.01', capBps: 50, cap: '41790.01' },
    { side: 'buy', reference: '999999.99', capBps: 1000, cap: '1000000' },
    { side: 'sell', reference: '0.01', capBps: 1, cap: '0.01' },
  ] as const)('of a $side at $reference, $capBps hundredths of a percent away, is $cap', ({ side, reference, capBps, cap }) => {
    expect(capPrice(side, reference, capBps, RULES)).toBe(cap);
  });

  it('is on the price step and never beyond the cap', () => {
    const references = fc.integer({ min: 1, max: 99_999_999 }).map((cents) => fromNumber(cents / 100));
    fc.assert(
      fc.property(fc.constantFrom('buy' as const, 'sell' as const), references, fc.integer({ min: 1, max: 1000 }), fc.constantFrom('0.01', '0.05', '1', '0'), (side, reference, capBps, priceStep) => {
        const cap = capPrice(side, reference, capBps, marketRules({ priceStep, minPrice: '0', maxPrice: '0' }));
        const away = times(reference, fromNumber(capBps / 10_000));
        expect(isOnStep(cap, priceStep)).toBe(true);
        if (side === 'buy') expect(compare(cap, plus(reference, away))).toBeLessThanOrEqual(0);
        else expect(compare(cap, minus(reference, away))).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});
