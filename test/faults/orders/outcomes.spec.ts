import { clientOrderIdOf } from '../../../src/execution/client-order-id.js';
import { codeOf, Desk, ON_LOOK_UP, ON_ORDER, TICK_BUDGET_MS } from '../../support/execution/desk.js';
import { newPlan } from '../../support/execution/plans.js';
import type { FakeConfig } from '../../support/exchange/fake-binance.js';
import type { Effect } from '../../support/exchange/faults/effect.js';
import type { Phase } from '../../support/exchange/faults/rule.js';
import { signed } from '../../support/exchange/requests.js';

let desk: Desk;

afterEach(() => desk.close());

async function struck(effect: Effect, phase: Phase, config: FakeConfig = {}): Promise<Desk> {
  desk = await Desk.open(config);
  desk.strike({ id: 'F', match: ON_ORDER, times: 1, phase, effect });
  return desk;
}

const hits = (): number => desk.exchange.journal.filter(({ type }) => type === 'fault').length;

/** Unknown at first; then found with its fills, once. */
async function expectFound(): Promise<void> {
  const { order, outcome } = await desk.place(0);
  expect(outcome.kind).toBe('unknown');
  expect(order).toMatchObject({ state: 'UNKNOWN', executedQuantity: '0' });
  const settled = await desk.settle(order);
  expect(settled).toMatchObject({ finding: null, order: { state: 'FILLED', executedQuantity: '0.001', exchangeOrderId: '1' } });
  // 0.001 bought, 0.1 % of it taken as commission
  expect(await desk.position()).toBe('0.000999');
  expect(await desk.problems()).toEqual([]);
  expect(desk.posts()).toBe(1);
}

/** Unknown for as long as it takes; then absent. */
async function expectAbsent(): Promise<void> {
  const sentAt = desk.exchange.now;
  const { order, outcome } = await desk.place(0);
  expect(outcome.kind).toBe('unknown');
  const first = await desk.settle(order);
  expect(codeOf(first.finding)).toBe('ORDER.UNKNOWN no_orders');
  expect(first.order.state).toBe('UNKNOWN');
  const settled = await desk.settleOverTicks(first.order);
  expect(settled).toMatchObject({ finding: null, order: { state: 'ABSENT', stateReason: 'quarantine over' } });
  // recvWindow 5 s, 10 s in the engine, 30 s; then three misses, 5 s apart
  expect(settled.order.stateAt).toBeGreaterThanOrEqual(sentAt + 55_000);
  expect(await desk.position()).toBe('0');
  expect(await desk.problems()).toEqual([]);
  expect(desk.posts()).toBeLessThanOrEqual(1);
}

const ERRORS: Effect[] = [
  { type: 'error', status: 504, code: -1007 },
  { type: 'error', status: 500, code: -1006 },
  { type: 'error', status: 503, code: -1008 },
  { type: 'error', status: 400, code: -1001 },
  { type: 'error', status: 500, code: -1000 },
  { type: 'error', status: 503, code: -1016 },
  { type: 'http', status: 502, body: '<html><body>Bad Gateway</body></html>' },
  { type: 'http', status: 403, body: '<html>Forbidden</html>' },
];

describe('the outcome of an order', () => {
  it('F01 a request that was lost before the engine is absent after the quarantine, and sent once', async () => {
    await struck({ type: 'reset' }, 'before');
    await expectAbsent();
    expect(hits()).toBe(1);
  });

  it.each([
    { lagMs: 0, why: 'that were known when it was planned' },
    { lagMs: 20_000, why: 'that the exchange shows only later' },
  ])('F01 an order is absent for all that the bot bought before it, with trades $why', async ({ lagMs }) => {
    desk = await Desk.open({ lag: { myTrades: lagMs } });
    expect((await desk.place(0)).order.state).toBe('FILLED');
    desk.strike({ id: 'F', match: ON_ORDER, times: 1, phase: 'before', effect: { type: 'reset' } });
    desk.exchange.advance(1000);
    const { order } = await desk.place(1, { side: 'sell', quantity: '0.00099' });
    expect(order.lastTradeIdBefore).toBe(lagMs === 0 ? '1' : null);
    expect((await desk.settleOverTicks(order)).order.state).toBe('ABSENT');
    expect(await desk.problems()).toEqual([]);
  });

  it('F02 a refused connection means that nothing was sent, and the next signal may be acted on', async () => {
    await struck({ type: 'refuse', ms: 1000 }, 'before');
    const { order, outcome } = await desk.place(0);
    expect(outcome.kind).toBe('not_sent');
    expect(order.state).toBe('NOT_SENT');
    desk.exchange.advance(60_000);
    expect((await desk.place(1)).order.state).toBe('FILLED');
    expect(await desk.problems()).toEqual([]);
  });

  it.each<Effect>([{ type: 'reset' }, { type: 'close' }, { type: 'reset', atByte: 20 }, { type: 'close', atByte: 20 }])('F03 an order that was executed behind a lost reply (%j) is found by its id', async (effect) => {
    await struck(effect, 'after');
    await expectFound();
    expect(hits()).toBe(1);
  });

  it.each(ERRORS)('F04 an order that was executed behind %j is found by its id', async (effect) => {
    await struck(effect, 'after');
    await expectFound();
  });

  it.each(ERRORS)('F05 an order that was not executed behind %j is absent after the quarantine', async (effect) => {
    await struck(effect, 'before');
    await expectAbsent();
  });

  it.each([1, 900, 3000, 4999])('F06 an order that the engine takes %i ms later is found later, not forgotten', async (ms) => {
    await struck({ type: 'delayExec', ms }, 'before');
    const { order } = await desk.place(0);
    expect(order.state).toBe('UNKNOWN');
    expect(await desk.settle(order)).toMatchObject({ finding: null, order: { state: 'FILLED', executedQuantity: '0.001' } });
    expect(await desk.problems()).toEqual([]);
    expect(desk.posts()).toBe(1);
  });

  it.each<Effect>([
    { type: 'replace', kind: '{}' },
    { type: 'replace', kind: '[]' },
    { type: 'replace', kind: 'empty' },
    { type: 'replace', kind: 'html' },
    { type: 'replace', kind: 'null' },
    { type: 'replace', kind: 'binary' },
    { type: 'replace', kind: 'deep' },
    { type: 'truncate' },
    { type: 'truncate', bytes: 1 },
  ])('F07 an order that was executed behind a good status and %j is found by its id', async (effect) => {
    await struck(effect, 'after');
    await expectFound();
  });

  it.each([20_000, 70_000, 200_000])('F08 an order that look-ups do not show for %i ms is not called absent', async (lagMs) => {
    desk = await Desk.open({ lag: { order: lagMs } });
    desk.strike({ id: 'F', match: ON_ORDER, times: 1, effect: { type: 'reset' } });
    const { order } = await desk.place(0);
    const states: string[] = [];
    let settled = await desk.settle(order);
    while (settled.finding !== null && states.length < 10) {
      states.push(settled.order.state);
      desk.exchange.advance(60_000);
      settled = await desk.settle(settled.order);
    }
    expect(new Set(states)).toEqual(new Set(lagMs > TICK_BUDGET_MS ? ['UNKNOWN'] : []));
    expect(settled.order).toMatchObject({ state: 'FILLED', executedQuantity: '0.001' });
    expect(await desk.problems()).toEqual([]);
  });

  it('F08 an order that no view shows but the balance is not called absent, and after 15 minutes a person is asked', async () => {
    desk = await Desk.open({ lag: { order: 3_600_000, allOrders: 3_600_000, myTrades: 3_600_000 } });
    desk.strike({ id: 'F', match: ON_ORDER, times: 1, effect: { type: 'reset' } });
    const sentAt = desk.exchange.now;
    const { order } = await desk.place(0);
    const settled = await desk.settleOverTicks(order, 30);
    expect(codeOf(settled.finding)).toBe('ORDER.UNRESOLVED halt');
    expect(settled.finding?.message).toContain('0.000999 BTC is held where 0 should be');
    expect(desk.exchange.now - sentAt).toBeGreaterThanOrEqual(900_000);
    expect(settled.order.state).toBe('UNKNOWN');
    expect(desk.posts()).toBe(1);
  });

  it('F10 "duplicate order sent" means that the order is there: it is looked up', async () => {
    desk = await Desk.open();
    // Somewhere on the way the request was carried out already: the id is open.
    desk.strike({ id: 'F', match: ON_ORDER, times: 1, effect: { type: 'error', status: 400, code: -2010, msg: 'Duplicate order sent.' } });
    await expectFound();
  });

  it('F10 an order that stands on the exchange under our id already is adopted by that id, and never doubled', async () => {
    desk = await Desk.open();
    const resting = { type: 'limit', timeInForce: 'GTC', limitPrice: '49000', quantity: '0.01' } as const;
    const newClientOrderId = clientOrderIdOf(newPlan(0).signalKey, 1);
    signed(desk.exchange, 'POST', '/api/v3/order', { symbol: 'BTCUSDT', side: 'BUY', type: 'LIMIT', timeInForce: 'GTC', quantity: '0.01', price: '49000', newClientOrderId });
    const { order, outcome } = await desk.place(0, resting);
    expect(outcome.kind).toBe('unknown');
    expect(await desk.settle(order)).toMatchObject({ finding: null, order: { state: 'OPEN', exchangeOrderId: '1' } });
    expect(desk.exchange.journal.filter(({ type }) => type === 'order')).toHaveLength(1);
  });

  it('F11 balances that are too small for the order again are no proof of anything', async () => {
    desk = await Desk.open({ balances: { USDT: '60', BTC: '0' } });
    desk.strike({ id: 'F', match: ON_ORDER, times: 1, effect: { type: 'reset' } });
    const { order } = await desk.place(0);
    const again = signed(desk.exchange, 'POST', '/api/v3/order', { symbol: 'BTCUSDT', side: 'BUY', type: 'MARKET', quantity: '0.001', newClientOrderId: order.clientOrderId });
    expect(again.body).toContain('insufficient balance');
    expect(await desk.settle(order)).toMatchObject({ finding: null, order: { state: 'FILLED' } });
    expect(await desk.problems()).toEqual([]);
  });

  it('F12 a reply that comes after the deadline is nobody\'s any more: the order is looked up', async () => {
    await struck({ type: 'latency', ms: 30_000 }, 'after');
    await expectFound();
  });

  it('F13 a reply that stalls in its body ends with the deadline, and the order is looked up', async () => {
    await struck({ type: 'stall', atByte: 30 }, 'after');
    const before = desk.exchange.now;
    await expectFound();
    expect(desk.exchange.now - before).toBeLessThanOrEqual(15_000 + TICK_BUDGET_MS);
  });

  it.each([
    { jsonPath: '$.symbol', value: 'ETHUSDT' },
    { jsonPath: '$.side', value: 'SELL' },
    { jsonPath: '$.clientOrderId', value: 'tb-somebody-else' },
    { jsonPath: '$.origQty', value: '0.00200000' },
    { jsonPath: '$.executedQty', value: '0.00200000' },
    { jsonPath: '$.executedQty', value: '-0.00100000' },
    { jsonPath: '$.executedQty', value: 'NaN' },
    { jsonPath: '$.status', value: 'SOMETHING' },
  ])('F14 nothing is booked from a reply with $jsonPath $value', async (mutation) => {
    await struck({ type: 'mutate', ...mutation }, 'after');
    await expectFound();
  });

  it.each([
    { jsonPath: '$.symbol', value: 'ETHUSDT' },
    { jsonPath: '$.side', value: 'SELL' },
    { jsonPath: '$.clientOrderId', value: 'tb-somebody-else' },
  ])('F14 a reply about another order ($jsonPath) is an alarm', async (mutation) => {
    await struck({ type: 'mutate', ...mutation }, 'after');
    expect((await desk.place(0)).outcome).toMatchObject({ kind: 'unknown', alarm: true });
  });

  it('F14 look-ups that tell of another order settle nothing', async () => {
    await struck({ type: 'reset' }, 'after');
    const { order } = await desk.place(0);
    desk.strike({ id: 'L', match: ON_LOOK_UP, effect: { type: 'mutate', jsonPath: '$.origQty', value: '9.00000000' } });
    const lied = await desk.settle(order);
    expect(lied.order.state).toBe('UNKNOWN');
    expect(await desk.position()).toBe('0');
    desk.clearFaults();
    expect((await desk.settleOverTicks(lied.order)).order.state).toBe('FILLED');
    expect(await desk.problems()).toEqual([]);
  });

  it('F14 look-ups that go on telling of another order end with a person', async () => {
    await struck({ type: 'reset' }, 'after');
    const { order } = await desk.place(0);
    desk.strike({ id: 'L', match: ON_LOOK_UP, effect: { type: 'mutate', jsonPath: '$.side', value: 'SELL' } });
    const settled = await desk.settleOverTicks(order, 30);
    expect(codeOf(settled.finding)).toBe('ORDER.UNRESOLVED halt');
    expect(settled.order.state).toBe('UNKNOWN');
    desk.clearFaults();
    // Once it is seen as it is, nobody has to repair anything.
    expect((await desk.settle(order)).order.state).toBe('FILLED');
    expect(await desk.problems()).toEqual([]);
  });

  it('F15 a second execution behind one reply is not mixed into the first', async () => {
    await struck({ type: 'dupExec' }, 'before');
    const { order } = await desk.place(0);
    expect(order).toMatchObject({ state: 'FILLED', exchangeOrderId: '1', executedQuantity: '0.001' });
    expect(await desk.problems()).toEqual(expect.arrayContaining([expect.stringContaining('executed more than once'), 'trade BTCUSDT:2 is missing in the ledger']));
  });

  it('is not found out while the exchange cannot be asked, and is once it can', async () => {
    await struck({ type: 'reset' }, 'after');
    const { order } = await desk.place(0);
    desk.exchange.control({ command: 'effect', type: 'maintenance', ms: 7_200_000 });
    const waiting = await desk.settleOverTicks(order, 60);
    expect(codeOf(waiting.finding)).toBe('ORDER.UNKNOWN no_orders');
    desk.exchange.advance(7_200_000);
    expect((await desk.settleOverTicks(waiting.order)).order.state).toBe('FILLED');
    expect(await desk.problems()).toEqual([]);
  });

  it('is not called absent for what somebody else trades meanwhile, nor kept from being called so', async () => {
    await struck({ type: 'reset' }, 'before');
    const { order } = await desk.place(0);
    desk.exchange.control({ command: 'order', symbol: 'BTCUSDT', side: 'BUY', quantity: '0.001' });
    expect((await desk.settleOverTicks(order)).order.state).toBe('ABSENT');
  });

  it('is doubted when money moved that nobody can explain', async () => {
    await struck({ type: 'reset' }, 'before');
    const { order } = await desk.place(0);
    desk.exchange.control({ command: 'balance', asset: 'USDT', delta: '-50', reason: 'withdrawn' });
    const settled = await desk.settleOverTicks(order, 30);
    expect(codeOf(settled.finding)).toBe('ORDER.UNRESOLVED halt');
    expect(settled.order.state).toBe('UNKNOWN');
  });
});
