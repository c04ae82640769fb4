import fc from 'fast-check';

import { clientOf, limitOrder, marketOrder, requestsOf, stillExchange } from '../../test/support/trading-bench.js';
import { objectionTo } from './order-guard.js';
import type { WireOrder } from './trading-client.js';

const BAD_AMOUNTS: readonly unknown[] = ['NaN', 'Infinity', '-Infinity', '-1', '0', '-0', '0.0', '1e-9', '1e12', '1E5', '0.000000001', '1.123456789', '1000000000000', '92233720369', '', ' 1', '1 ', '+1', '.5', '1.', '01', '0x10', '1,5', '0.10', '1_000', '１', NaN, Infinity, 0.7, -1, null, undefined, {}, ['1'], true, 1n];

describe('an order that nobody may send', () => {
  it.each(BAD_AMOUNTS)('F105 has the quantity %p', (quantity) => {
    expect(objectionTo(marketOrder({ quantity: quantity as string }))).toMatch(/^quantity must /);
  });

  it.each(BAD_AMOUNTS)('F105 has the limit price %p', (limitPrice) => {
    expect(objectionTo(limitOrder({ limitPrice: limitPrice as string }))).toMatch(/^limit price must /);
  });

  it.each<[string, WireOrder]>([
    ['is a market order with a price, which the library would turn into another order', marketOrder({ limitPrice: '50000' })],
    ['is a market order with a stop price', marketOrder({ stopPrice: '50000' })],
    ['is a market order with a time in force', marketOrder({ timeInForce: 'IOC' })],
    ['is a limit order without a time in force', limitOrder({ timeInForce: null })],
    ['is a limit order with a stop price', limitOrder({ stopPrice: '48000' })],
    ['is a stop without a stop price', limitOrder({ type: 'stop_loss_limit' })],
    ['has no side', marketOrder({ side: 'long' as never })],
    ['has a type of its own', marketOrder({ type: 'stop_loss' as never })],
    ['has a market in small letters', marketOrder({ symbol: 'btc/usdt' })],
    ['has a market as the exchange writes it', marketOrder({ symbol: 'BTCUSDT' })],
    ['has an id with a space', marketOrder({ clientOrderId: 'tb 1' })],
    ['has no id', marketOrder({ clientOrderId: '' })],
    ['has an id of 37 characters', marketOrder({ clientOrderId: 'x'.repeat(37) })],
  ])('%s', async (_, order) => {
    const exchange = stillExchange();
    expect(await (await clientOf(exchange)).place(order)).toMatchObject({ kind: 'refused', code: 'LOCAL.INVALID', consequence: 'none' });
    expect(requestsOf(exchange)).toEqual([]);
  });

  it('F105 never passes, whatever text is the amount', () => {
    const numbers = fc.oneof(fc.double(), fc.double({ min: 0, max: 1e-6 }), fc.double({ min: 1e9 })).map(String);
    fc.assert(
      fc.property(fc.oneof(fc.string({ maxLength: 30 }), numbers), (quantity) => {
        if (objectionTo(marketOrder({ quantity })) !== null) return;
        expect(quantity).toMatch(/^(?:0|[1-9]\d{0,10})(?:\.\d{0,7}[1-9])?$/);
        expect(Number(quantity)).toBeGreaterThan(0);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('an order that may be sent', () => {
  it.each<WireOrder>([marketOrder(), limitOrder(), limitOrder({ timeInForce: 'IOC' }), limitOrder({ type: 'stop_loss_limit', side: 'sell', stopPrice: '48500' })])('$type, $timeInForce', (order) => {
    expect(objectionTo(order)).toBeNull();
  });

  it('goes out with every amount as it was given', async () => {
    const exchange = stillExchange();
    const client = await clientOf(exchange);
    await client.place(limitOrder({ quantity: '0.00123', limitPrice: '49000.01', clientOrderId: 'tb-exact' }));
    const sent = exchange.journal.flatMap((entry) => (entry.type === 'request' ? [entry.params] : [])).at(0);
    expect(sent).toMatchObject({ symbol: 'BTCUSDT', side: 'BUY', type: 'LIMIT', quantity: '0.00123', price: '49000.01', timeInForce: 'GTC', newClientOrderId: 'tb-exact', newOrderRespType: 'FULL', recvWindow: '5000' });
  });
});
