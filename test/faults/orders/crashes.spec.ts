import { clientOrderIdOf } from '../../../src/execution/client-order-id.js';
import type { OrderState } from '../../../src/domain/order.js';
import { OrderSettler } from '../../../src/execution/settle-orders.js';
import type { OrderEntity } from '../../../src/persistence/entities/order.entity.js';
import { BOOK, codeOf, Desk, ON_ORDER } from '../../support/execution/desk.js';
import { newOrder } from '../../support/ledger/orders.js';
import type { Effect } from '../../support/exchange/faults/effect.js';
import type { Phase } from '../../support/exchange/faults/rule.js';

let desk: Desk;

beforeEach(async () => {
  desk = await Desk.open();
});

afterEach(() => desk.close());

/** Settles whatever a start finds, twice over. */
async function recover(): Promise<OrderEntity[]> {
  desk.restart();
  for (const order of await desk.orders.unresolved(BOOK)) await desk.settleOverTicks(order);
  const first = await desk.ledger();
  desk.restart();
  for (const order of await desk.orders.unresolved(BOOK)) await desk.settleOverTicks(order);
  expect(await desk.ledger()).toEqual(first);
  expect(await desk.problems()).toEqual([]);
  return desk.orders.list({}, { limit: 10, offset: 0 });
}

async function crash(point: Parameters<Desk['crashAt']>[0], fault?: { effect: Effect; phase: Phase }): Promise<void> {
  if (fault !== undefined) desk.strike({ id: 'F', match: ON_ORDER, times: 1, ...fault });
  desk.crashAt(point);
  await expect(desk.place(0)).rejects.toThrow('crash');
}

describe('a start after the process ended', () => {
  it('F57 before the intent was committed finds nothing, for nothing has happened', async () => {
    await crash('before intent');
    expect(await recover()).toEqual([]);
    expect(desk.posts()).toBe(0);
  });

  it('F58 between intent and sending finds the order absent, by the id that the signal gives it', async () => {
    await crash('intent committed');
    const [order] = await recover();
    expect(order).toMatchObject({ state: 'ABSENT', clientOrderId: clientOrderIdOf(order.signalKey, 1) });
    expect((await desk.orders.transitions(order.id)).map(({ toState }) => toState)).toEqual(['PLANNED', 'SENDING', 'UNKNOWN', 'ABSENT']);
    expect(desk.posts()).toBe(0);
  });

  it.each<{ fault: { effect: Effect; phase: Phase } | undefined; state: OrderState; why: string }>([
    { fault: undefined, state: 'FILLED', why: 'the reply had come' },
    { fault: { effect: { type: 'reset' }, phase: 'after' }, state: 'FILLED', why: 'the reply was lost' },
    { fault: { effect: { type: 'delayExec', ms: 4000 }, phase: 'before' }, state: 'FILLED', why: 'the engine was late' },
    { fault: { effect: { type: 'reset' }, phase: 'before' }, state: 'ABSENT', why: 'the request was lost' },
    { fault: { effect: { type: 'error', status: 400, code: -2010, msg: 'Account has insufficient balance for requested action.' }, phase: 'before' }, state: 'ABSENT', why: 'it was refused' },
  ])('F59 F60 before the outcome was committed finds it $state where $why, and books it once', async ({ fault, state }) => {
    await crash('executed', fault);
    const [order] = await recover();
    expect(order).toMatchObject({ state, executedQuantity: state === 'FILLED' ? '0.001' : '0' });
    expect(desk.posts()).toBeLessThanOrEqual(1);
  });

  it('F61 after the outcome was committed changes nothing', async () => {
    await crash('outcome committed');
    const before = await desk.ledger();
    await recover();
    expect(await desk.ledger()).toEqual(before);
    expect(desk.posts()).toBe(1);
  });

  it('in the middle of a quarantine keeps its begin and counts the misses anew, so that short-lived processes get to its end', async () => {
    desk.strike({ id: 'F', match: ON_ORDER, times: 1, phase: 'before', effect: { type: 'reset' } });
    const { order } = await desk.place(0);
    await desk.settle(order, 0);
    desk.exchange.advance(60_000);
    const looks = (): number => desk.requests('GET', '/api/v3/order').length;
    for (let process = 0; process < 3; process++) {
      desk.restart();
      expect(codeOf((await desk.settle(order, 9000)).finding)).toBe('ORDER.UNKNOWN no_orders');
    }
    desk.restart();
    const before = looks();
    const restartedAt = desk.exchange.now;
    expect((await desk.settle(order, 15_000)).order.state).toBe('ABSENT');
    expect(desk.exchange.now - restartedAt).toBeGreaterThanOrEqual(10_000);
    expect(looks() - before).toBe(3);
  });

  it('long after an order became unknown asks a person only for what is certain, not for a read that failed', async () => {
    desk.strike({ id: 'F', match: ON_ORDER, times: 1, phase: 'before', effect: { type: 'reset' } });
    const { order } = await desk.place(0);
    desk.exchange.advance(10_800_000);
    desk.restart();
    desk.strike({ id: 'A', match: { path: '^/api/v3/(account|allOrders|myTrades)$' }, effect: { type: 'http', status: 503, body: '' } });
    expect(codeOf((await desk.settle(order)).finding)).toBe('ORDER.UNKNOWN no_orders');
    desk.clearFaults();
    expect((await desk.settle(order)).order.state).toBe('ABSENT');
  });

  it('ends an order that was planned and never sent without asking anybody', async () => {
    const planned = await desk.orders.plan(newOrder(0, { mode: 'live' }), desk.exchange.now);
    expect(await desk.settle(planned, 0)).toMatchObject({ finding: null, order: { state: 'NOT_SENT' } });
    expect(desk.exchange.journal.filter(({ type }) => type === 'request')).toEqual([]);
  });

  it('ends a paper order that was being sent without asking anybody: its fills come with its outcome, or never', async () => {
    const sending = await desk.orders.planAndSend(newOrder(0), desk.exchange.now);
    expect(await desk.settle(sending, 0)).toMatchObject({ finding: null, order: { state: 'ABSENT' } });
    expect(desk.exchange.journal.filter(({ type }) => type === 'request')).toEqual([]);
  });
});

describe('time that is spent on an order of unknown outcome', () => {
  it('is no more than what was given: without any it is asked for at most once', async () => {
    desk.strike({ id: 'F', match: ON_ORDER, times: 1, phase: 'before', effect: { type: 'reset' } });
    const { order } = await desk.place(0);
    const looks = (): number => desk.requests('GET', '/api/v3/order').length;
    await desk.settle(order, 0);
    expect(looks()).toBe(0);
    desk.exchange.advance(20_000);
    await desk.settle(order, 0);
    expect(looks()).toBe(1);
    const before = desk.exchange.now;
    await desk.settle(order, 10_000);
    expect(desk.exchange.now - before).toBeLessThanOrEqual(10_000);
  });

  it('does not run on when every answer is slow', async () => {
    desk.strike({ id: 'F', match: ON_ORDER, times: 1, effect: { type: 'reset' } });
    const { order } = await desk.place(0);
    desk.strike({ id: 'S', match: { method: 'GET' }, effect: { type: 'stall' } });
    const before = desk.exchange.now;
    expect(codeOf((await desk.settle(order, 20_000)).finding)).toBe('ORDER.UNKNOWN no_orders');
    // The last look began in time and took its own 15 s.
    expect(desk.exchange.now - before).toBeLessThanOrEqual(35_000);
  });

  it('is none for an order whose outcome is known', async () => {
    const { order } = await desk.place(0);
    const before = desk.exchange.journal.length;
    expect(await desk.settle(order)).toEqual({ order, finding: null });
    expect(desk.exchange.journal).toHaveLength(before);
  });

  it('counts from when the outcome became unknown where that is later than the clock of whoever asks', async () => {
    desk.strike({ id: 'F', match: ON_ORDER, times: 1, phase: 'before', effect: { type: 'reset' } });
    const { order } = await desk.place(0);
    const settler = new OrderSettler({ executor: desk.executor, account: desk.client, orders: desk.orders, clock: desk.clock, recvWindowMs: 5000 });
    const settled = await settler.settle(order, { serverTime: order.stateAt - 30_000, budgetMs: 80_000 });
    expect(settled.order.state).toBe('UNKNOWN');
  });
});
