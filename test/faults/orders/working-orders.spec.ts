import { isJumped } from '../../../src/execution/working-orders.js';
import type { OrderPlan } from '../../../src/execution/recording-executor.js';
import type { OrderEntity } from '../../../src/persistence/entities/order.entity.js';
import { codeOf, Desk, ON_CANCEL, ON_LOOK_UP } from '../../support/execution/desk.js';
import type { FakeConfig } from '../../support/exchange/fake-binance.js';

let desk: Desk;

afterEach(() => desk.close());

const RESTING: Partial<OrderPlan> = { type: 'limit', timeInForce: 'GTC', limitPrice: '49000', quantity: '0.01' };
const SOLD_BELOW: Partial<OrderPlan> = { side: 'sell', type: 'stop_loss_limit', timeInForce: 'GTC', stopPrice: '49000', limitPrice: '48900', quantity: '0.00999', reason: 'stop_loss' };

async function resting(config: FakeConfig = {}): Promise<OrderEntity> {
  desk = await Desk.open(config);
  const { order } = await desk.place(0, RESTING);
  expect(order).toMatchObject({ state: 'OPEN', executedQuantity: '0' });
  return order;
}

/** 0.01 bought, 0.00999 left after the commission, and a stop below for all of it. */
async function protectedPosition(config: FakeConfig = {}): Promise<OrderEntity> {
  desk = await Desk.open(config);
  expect((await desk.place(0, { quantity: '0.01' })).order.state).toBe('FILLED');
  const { order } = await desk.place(1, SOLD_BELOW);
  expect(order.state).toBe('OPEN');
  return order;
}

/** @param forMs resting orders are filled at each step of the price, one a minute */
function moveTo(price: string, forMs = 60_000): void {
  desk.exchange.control({ command: 'price', symbol: 'BTCUSDT', price });
  desk.exchange.advance(forMs);
}

const sell = (n: number, quantity: string) => desk.place(n, { side: 'sell', quantity });
const sales = (): number => new Set(desk.exchange.journal.filter((entry) => entry.type === 'fill').flatMap((fill) => (fill.isBuyer ? [] : [fill.orderId]))).size;

describe('an order that rests', () => {
  it('is cancelled when it has rested for too long, and keeps what it bought by then', async () => {
    const order = await resting({ makerFillRatio: '0.3' });
    const early = await desk.follow(order);
    expect(early.order.state).toBe('OPEN');
    moveTo('48900');
    const { order: ended, finding } = await desk.follow(early.order);
    expect(finding).toBeNull();
    expect(ended.state).toBe('CANCELED');
    expect(ended.executedQuantity).not.toBe('0');
    expect(await desk.problems()).toEqual([]);
  });

  it('is followed without changing anything when nothing has happened', async () => {
    const order = await resting();
    expect(await desk.follow(order)).toEqual({ order, finding: null });
    expect(await desk.orders.transitions(order.id)).toHaveLength(3);
  });

  it('F09 is not acted on for being in a list of open orders: a filled one may stand there for 40 s', async () => {
    const order = await resting({ lag: { openOrders: 40_000 } });
    desk.exchange.advance(1000);
    moveTo('48900', 30_000);
    expect(await desk.client.openOrders('BTC/USDT')).toMatchObject([{ exchangeOrderId: '1' }]);
    const { order: filled } = await desk.follow(order);
    expect(filled).toMatchObject({ state: 'FILLED', executedQuantity: '0.01' });
    expect(desk.requests('DELETE', '/api/v3/order')).toEqual([]);
    expect(await desk.problems()).toEqual([]);
  });

  it.each([true, false])('F16 whose cancel is answered by silence is looked up by its exchange id (id replaced: %s)', async (cancelReplacesClientOrderId) => {
    const order = await resting({ cancelReplacesClientOrderId });
    desk.strike({ id: 'F', match: ON_CANCEL, times: 1, effect: { type: 'reset' } });
    expect(await desk.withdraw(order)).toMatchObject({ finding: null, order: { state: 'CANCELED', executedQuantity: '0' } });
    expect(desk.requests('DELETE', '/api/v3/order')).toHaveLength(1);
    expect(await desk.problems()).toEqual([]);
  });

  it('F16 whose cancel never arrived is still open, and said to be: nothing is sent in its place', async () => {
    const order = await resting();
    desk.strike({ id: 'F', match: ON_CANCEL, phase: 'before', effect: { type: 'reset' } });
    const { order: open, finding } = await desk.withdraw(order);
    expect(codeOf(finding)).toBe('ORDER.CANCEL_UNCONFIRMED no_orders');
    expect(open.state).toBe('OPEN');
    desk.clearFaults();
    expect((await desk.withdraw(open)).order.state).toBe('CANCELED');
  });

  it.each([true, false])('F16 that was filled before its cancel keeps its fills (id replaced: %s)', async (cancelReplacesClientOrderId) => {
    const order = await resting({ cancelReplacesClientOrderId });
    moveTo('48900');
    expect(await desk.withdraw(order)).toMatchObject({ finding: null, order: { state: 'FILLED', executedQuantity: '0.01' } });
    expect(await desk.position()).toBe('0.00999');
    expect(await desk.problems()).toEqual([]);
  });

  it('F16 whose end is seen late is not called ended before it is seen', async () => {
    const order = await resting({ lag: { order: 2000 } });
    desk.exchange.advance(60_000);
    desk.strike({ id: 'F', match: ON_CANCEL, times: 1, effect: { type: 'reset' } });
    expect(await desk.withdraw(order)).toMatchObject({ finding: null, order: { state: 'CANCELED' } });
  });

  it.each([true, false])('F17 is found by its exchange id after a cancel by hand (id replaced: %s)', async (cancelReplacesClientOrderId) => {
    const order = await resting({ cancelReplacesClientOrderId, makerFillRatio: '0.3' });
    moveTo('48900');
    desk.exchange.control({ command: 'effect', type: 'cancelForeign', orderId: 1 });
    const { order: seen, finding } = await desk.follow(order);
    expect(finding).toBeNull();
    expect(seen.state).toBe('CANCELED');
    expect(seen.executedQuantity).not.toBe('0');
    for (const { params } of desk.requests('GET', '/api/v3/order')) expect(params).toMatchObject({ orderId: '1' });
    expect(await desk.problems()).toEqual([]);
  });

  it.each([true, false])('F17 whose placement was never answered and which was cancelled by hand is not called absent with a fill in it (id replaced: %s)', async (cancelReplacesClientOrderId) => {
    desk = await Desk.open({ cancelReplacesClientOrderId, makerFillRatio: '0.3' });
    desk.strike({ id: 'F', match: { method: 'POST', path: '^/api/v3/order$' }, times: 1, effect: { type: 'reset' } });
    const { order } = await desk.place(0, RESTING);
    moveTo('48900');
    desk.exchange.control({ command: 'effect', type: 'cancelForeign', orderId: 1 });
    const settled = await desk.settleOverTicks(order, 30);
    // Under another name nobody can be sure of it: then a person is asked.
    expect([settled.order.state, codeOf(settled.finding)]).toEqual(cancelReplacesClientOrderId ? ['UNKNOWN', 'ORDER.UNRESOLVED halt'] : ['CANCELED', null]);
  });

  it('that cannot be seen keeps its state, and entries wait', async () => {
    const order = await resting();
    desk.strike({ id: 'F', match: ON_LOOK_UP, effect: { type: 'http', status: 503, body: '' } });
    const { order: same, finding } = await desk.follow(order);
    expect(codeOf(finding)).toBe('ORDER.UNSEEN no_entries');
    expect(same).toEqual(order);
  });
});

describe('a stop that rests on the exchange', () => {
  it('F28 is cancelled for certain before the rest is sold', async () => {
    const stop = await protectedPosition();
    const cleared = await desk.withdraw(stop);
    expect(cleared).toMatchObject({ finding: null, order: { state: 'CANCELED', executedQuantity: '0' } });
    expect((await sell(2, '0.00999')).order.state).toBe('FILLED');
    expect(sales()).toBe(1);
    expect(await desk.position()).toBe('0');
    expect(await desk.problems()).toEqual([]);
  });

  it('F28 that was triggered while the bot decided to sell leaves nothing to sell', async () => {
    const stop = await protectedPosition();
    moveTo('48950');
    expect(await desk.withdraw(stop)).toMatchObject({ finding: null, order: { state: 'FILLED', executedQuantity: '0.00999' } });
    expect(await desk.position()).toBe('0');
    expect(sales()).toBe(1);
    expect(await desk.problems()).toEqual([]);
  });

  it('F28 that was triggered and half filled leaves the other half to sell', async () => {
    const stop = await protectedPosition({ book: { levels: 1, levelQty: '0.01' } });
    desk.exchange.control({ command: 'effect', type: 'liquidity', symbol: 'BTCUSDT', levels: 1, levelQty: '0.004' });
    moveTo('48950', 1000);
    const { order: ended, finding } = await desk.withdraw(stop);
    expect(finding).toBeNull();
    expect(ended).toMatchObject({ state: 'CANCELED', executedQuantity: '0.004' });
    expect(await desk.position()).toBe('0.00599');
    desk.exchange.control({ command: 'effect', type: 'liquidity', symbol: 'BTCUSDT', levels: 1, levelQty: '1' });
    expect((await sell(2, '0.00599')).order.state).toBe('FILLED');
    expect(await desk.problems()).toEqual([]);
  });

  it('F28 whose cancel is not confirmed forbids the sale', async () => {
    const stop = await protectedPosition();
    desk.strike({ id: 'F', match: ON_CANCEL, phase: 'before', effect: { type: 'error', status: 504, code: -1007 } });
    expect(codeOf((await desk.withdraw(stop)).finding)).toBe('ORDER.CANCEL_UNCONFIRMED no_orders');
    expect(sales()).toBe(0);
  });

  it('F29 that a gap has jumped is seen at the next look, and gives way to one sale', async () => {
    const stop = await protectedPosition();
    expect(isJumped(stop, await desk.client.bookTop('BTC/USDT'))).toBe(false);
    moveTo('45000');
    const { order: open } = await desk.follow(stop);
    expect(open.state).toBe('OPEN');
    expect(isJumped(open, await desk.client.bookTop('BTC/USDT'))).toBe(true);
    expect((await desk.withdraw(open)).finding).toBeNull();
    expect((await sell(2, '0.00999')).order).toMatchObject({ state: 'FILLED', executedQuantity: '0.00999' });
    expect(sales()).toBe(1);
    expect(await desk.problems()).toEqual([]);
  });

  it.each([
    { bid: '48950', ask: '48951', jumped: false, why: 'between stop and limit it sells' },
    { bid: '48900', ask: '48901', jumped: false, why: 'at its limit it sells' },
    { bid: '48899.99', ask: '48900', jumped: true, why: 'below its limit it does not' },
    { bid: '49001', ask: '49002', jumped: false, why: 'above its stop it waits' },
  ])('F29 is jumped only below its limit: $why', async ({ bid, ask, jumped }) => {
    desk = await Desk.open();
    expect(isJumped({ type: 'stop_loss_limit', side: 'sell', stopPrice: '49000', limitPrice: '48900' }, { bid, ask })).toBe(jumped);
    expect(isJumped({ type: 'limit', side: 'sell', stopPrice: null, limitPrice: '48900' }, { bid, ask })).toBe(false);
  });

  it('F30 that is gone from the exchange is booked as it ended, is put up again by nobody, and may be put up anew for what is still held', async () => {
    const stop = await protectedPosition();
    desk.exchange.control({ command: 'effect', type: 'cancelForeign', orderId: Number(stop.exchangeOrderId) });
    const sent = (): number => desk.exchange.journal.filter((entry) => entry.type === 'request' && entry.method === 'POST').length;
    const before = sent();
    const { order: gone, finding } = await desk.follow(stop);
    expect(finding).toBeNull();
    expect(gone).toMatchObject({ state: 'CANCELED', executedQuantity: '0' });
    expect(sent()).toBe(before);
    // Another attempt has an id of its own: the one that is gone cannot come back.
    const { order: anew } = await desk.place(2, SOLD_BELOW);
    expect(anew).toMatchObject({ state: 'OPEN', quantity: '0.00999' });
    expect(anew.clientOrderId).not.toBe(stop.clientOrderId);
    expect(await desk.problems()).toEqual([]);
  });
});
