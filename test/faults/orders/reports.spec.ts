import { codeOf, Desk, ON_ORDER } from '../../support/execution/desk.js';
import type { FakeConfig } from '../../support/exchange/fake-binance.js';
import type { Effect } from '../../support/exchange/faults/effect.js';

let desk: Desk;

afterEach(() => desk.close());

async function mutated(jsonPath: string, value: unknown, config: FakeConfig = {}): Promise<Desk> {
  desk = await Desk.open(config);
  desk.strike({ id: 'F', match: ON_ORDER, times: 1, effect: { type: 'mutate', jsonPath, value } });
  return desk;
}

describe('what an order is booked from', () => {
  it('F25 a full reply without its executions is completed from the trades of the order', async () => {
    await mutated('$.fills', []);
    expect((await desk.place(0)).order).toMatchObject({ state: 'FILLED', executedQuantity: '0.001' });
    expect(desk.requests('GET', '/api/v3/myTrades').some(({ params }) => params['orderId'] === '1')).toBe(true);
    expect(await desk.problems()).toEqual([]);
  });

  it('F25 a reply with some of its executions is completed from the trades of the order', async () => {
    desk = await Desk.open({ book: { levels: 5, levelQty: '0.0004' } });
    desk.strike({ id: 'F', match: ON_ORDER, times: 1, effect: { type: 'mutate', jsonPath: '$.fills[0].qty', value: '0.00030000' } });
    expect((await desk.place(0)).order).toMatchObject({ state: 'FILLED', executedQuantity: '0.001' });
    expect(await desk.problems()).toEqual([]);
  });

  it.each<Effect>([
    { type: 'mutate', jsonPath: '$.status', value: null },
    { type: 'mutate', jsonPath: '$.executedQty', value: null },
    { type: 'mutate', jsonPath: '$.fills', value: null },
  ])('F25 an acknowledgement alone ($jsonPath is missing) leads to the order with all of its executions', async (effect) => {
    desk = await Desk.open();
    desk.strike({ id: 'F', match: ON_ORDER, times: 1, effect });
    const { order } = await desk.place(0);
    expect((await desk.settle(order)).order).toMatchObject({ state: 'FILLED', executedQuantity: '0.001' });
    expect(await desk.problems()).toEqual([]);
  });

  it('F25 trades that show up seconds later are waited for', async () => {
    await mutated('$.fills', [], { lag: { myTrades: 1500 } });
    expect((await desk.place(0)).order).toMatchObject({ state: 'FILLED', executedQuantity: '0.001' });
    expect(await desk.problems()).toEqual([]);
  });

  it('F25 an order whose trades do not show up is unknown, and never booked in halves', async () => {
    await mutated('$.fills', [], { lag: { myTrades: 50_000 } });
    const { order } = await desk.place(0);
    expect(order).toMatchObject({ state: 'UNKNOWN', executedQuantity: '0', stateReason: expect.stringContaining('0.001 was executed, and its trades add up to 0') as unknown });
    expect(await desk.position()).toBe('0');
    const settled = await desk.settleOverTicks(order);
    expect(settled.order).toMatchObject({ state: 'FILLED', executedQuantity: '0.001' });
    expect(await desk.problems()).toEqual([]);
  });

  it.each(['-1', '0', '0.00000000', '-1.00000000'])('F26 a value of %s for all of it counts for nothing: what was paid is in the trades', async (value) => {
    await mutated('$.cummulativeQuoteQty', value);
    const { order } = await desk.place(0);
    expect((await desk.settle(order)).order).toMatchObject({ state: 'FILLED', executedQuantity: '0.001', executedQuote: '50.00001' });
    expect(await desk.problems()).toEqual([]);
  });

  it.each(['0', '-50000.00000000', 'NaN'])('F26 nothing is booked at a price of %s', async (price) => {
    await mutated('$.fills[0].price', price);
    const { order } = await desk.place(0);
    expect((await desk.settle(order)).order).toMatchObject({ state: 'FILLED', executedQuote: '50.00001' });
    expect(await desk.problems()).toEqual([]);
  });
});

describe('an order that the exchange ends', () => {
  it('F24 buys within its cap when the price slips, and nothing beyond it', async () => {
    desk = await Desk.open();
    desk.strike({ id: 'F', match: ON_ORDER, effect: { type: 'slip', ticks: 30_000 }, phase: 'before' });
    // 50000.01 and 300 of slippage, against a cap of 50000 * 1.005
    const capped = await desk.place(0, { type: 'limit', timeInForce: 'IOC', limitPrice: '50250' });
    expect(capped.order).toMatchObject({ state: 'EXPIRED', executedQuantity: '0', stateReason: expect.any(String) as unknown });
    const wider = await desk.place(1, { type: 'limit', timeInForce: 'IOC', limitPrice: '50500' });
    expect(wider.order).toMatchObject({ state: 'FILLED', executedQuote: '50.30001' });
    expect(await desk.problems()).toEqual([]);
  });

  it('F27 is booked with what it had executed, with the reason, and is not sent again', async () => {
    desk = await Desk.open({ makerFillRatio: '0.3' });
    const { order } = await desk.place(0, { type: 'limit', timeInForce: 'GTC', limitPrice: '49000', quantity: '0.01' });
    expect(order.state).toBe('OPEN');
    desk.exchange.control({ command: 'price', symbol: 'BTCUSDT', price: '48900' });
    desk.exchange.advance(60_000);
    desk.exchange.control({ command: 'effect', type: 'exchangeCancel', orderId: 1 });
    const { order: ended, finding } = await desk.follow(order);
    expect(finding).toBeNull();
    expect(ended).toMatchObject({ state: 'EXPIRED', stateReason: 'EXCHANGE_CANCELED' });
    expect(ended.executedQuantity).not.toBe('0');
    expect(desk.posts()).toBe(1);
    expect(await desk.problems()).toEqual([]);
  });

  it('F27 on a thin book is booked with its fills although it is called expired', async () => {
    desk = await Desk.open({ book: { levels: 2, levelQty: '0.004' } });
    const { order } = await desk.place(0, { quantity: '0.01' });
    expect(order).toMatchObject({ state: 'EXPIRED', executedQuantity: '0.008', stateReason: 'INSUFFICIENT_LIQUIDITY' });
    expect(codeOf((await desk.settle(order)).finding)).toBeNull();
    expect(await desk.problems()).toEqual([]);
  });
});
