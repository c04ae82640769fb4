import { newPlan, ScriptedExecutor } from '../../test/support/execution/plans.js';
import { newFill, START } from '../../test/support/ledger/orders.js';
import { VirtualClock } from '../../test/support/virtual-clock.js';
import { LedgerError } from '../domain/errors.js';
import type { LedgerDatabase } from '../persistence/ledger-database.js';
import { openMemoryLedger } from '../persistence/open-ledger.js';
import { FillQueries } from '../persistence/repositories/fill-queries.js';
import { OrderRepository } from '../persistence/repositories/order-repository.js';
import { clientOrderIdOf } from './client-order-id.js';
import type { OrderOutcome } from './executor.js';
import { RecordingExecutor, TRACE_POINTS, type TracePoint } from './recording-executor.js';

const FILL = newFill('1', { price: '50000', quantity: '0.001', commission: '0.000001', commissionAsset: 'BTC' });
const FILLED: OrderOutcome = { kind: 'known', report: { state: 'FILLED', exchangeOrderId: '7', fills: [FILL], reason: null } };

let database: LedgerDatabase;
let orders: OrderRepository;
let clock: VirtualClock;

beforeEach(async () => {
  database = await openMemoryLedger();
  orders = new OrderRepository(database);
  clock = new VirtualClock(null, START);
});

afterEach(() => database.close());

const recording = (inner: ScriptedExecutor, trace?: (point: TracePoint) => void): RecordingExecutor => new RecordingExecutor(inner, orders, clock, trace);
const all = () => orders.list({}, { limit: 10, offset: 0 });

describe('the recording executor', () => {
  it('has the intent in the ledger, as being sent, when the order leaves', async () => {
    const plan = newPlan(0);
    const inner = new ScriptedExecutor(async (order) => {
      expect(await orders.byClientOrderId({ exchange: 'binance', mode: 'live', clientOrderId: order.clientOrderId })).toMatchObject({ state: 'SENDING', sentAt: START, quantity: '0.001', lotStep: '0.00001', filters: plan.rules, balancesBefore: plan.balancesBefore });
      return FILLED;
    });
    await recording(inner).execute(plan, START);
    expect(inner.sent).toEqual([{ symbol: 'BTC/USDT', clientOrderId: clientOrderIdOf(plan.signalKey, 1), side: 'buy', type: 'market', timeInForce: null, quantity: '0.001', limitPrice: null, stopPrice: null, referencePrice: '50000' }]);
  });

  it('books the executions in the transaction that says what became of the order, with the time that it took', async () => {
    const { order, outcome } = await recording(
      new ScriptedExecutor(async () => {
        await clock.sleep(1500);
        return FILLED;
      }),
    ).execute(newPlan(0), START);
    expect(outcome).toBe(FILLED);
    expect(order).toMatchObject({ state: 'FILLED', exchangeOrderId: '7', executedQuantity: '0.001', executedQuote: '50', stateAt: START + 1500 });
    expect(await orders.byId(order.id)).toEqual(order);
    expect((await new FillQueries(database).ofOrder(order.id)).map(({ tradeId }) => tradeId)).toEqual(['1']);
    expect((await orders.transitions(order.id)).map(({ toState }) => toState)).toEqual(['PLANNED', 'SENDING', 'FILLED']);
  });

  it.each<{ outcome: OrderOutcome; state: string; reason: string }>([
    { outcome: { kind: 'refused', code: '-2010', message: 'insufficient balance', consequence: 'none', retryAfterMs: 0 }, state: 'REFUSED', reason: '-2010: insufficient balance' },
    { outcome: { kind: 'not_sent', message: 'connection refused' }, state: 'NOT_SENT', reason: 'connection refused' },
    { outcome: { kind: 'unknown', message: 'status 504, code -1007', alarm: false }, state: 'UNKNOWN', reason: 'status 504, code -1007' },
    { outcome: { kind: 'unknown', message: 'x'.repeat(500), alarm: true }, state: 'UNKNOWN', reason: `${'x'.repeat(199)}…` },
    { outcome: { kind: 'known', report: { state: 'EXPIRED', exchangeOrderId: '7', fills: [], reason: 'INSUFFICIENT_LIQUIDITY' } }, state: 'EXPIRED', reason: 'INSUFFICIENT_LIQUIDITY' },
  ])('keeps $state and why', async ({ outcome, state, reason }) => {
    const { order } = await recording(new ScriptedExecutor(() => outcome)).execute(newPlan(0), START);
    expect(await orders.byId(order.id)).toMatchObject({ state, stateReason: reason });
  });

  it('sends nothing when the signal has an order already', async () => {
    const inner = new ScriptedExecutor(() => FILLED);
    await recording(inner).execute(newPlan(0), START);
    await expect(recording(inner).execute(newPlan(0), START)).rejects.toMatchObject({ code: 'LEDGER.DUPLICATE' });
    await expect(recording(inner).execute(newPlan(0, { attempt: 2 }), START)).rejects.toMatchObject({ code: 'LEDGER.DUPLICATE' });
    expect(inner.sent).toHaveLength(1);
  });

  it('sends nothing when the intent cannot be committed', async () => {
    const inner = new ScriptedExecutor(() => FILLED);
    await expect(recording(inner).execute(newPlan(0, { signalId: 99 }), START)).rejects.toThrow(LedgerError);
    expect(inner.sent).toEqual([]);
    expect(await all()).toEqual([]);
  });

  it('leaves the order as being sent, and says so upward, when its outcome cannot be committed', async () => {
    const contradiction: OrderOutcome = { kind: 'known', report: { state: 'FILLED', exchangeOrderId: '7', fills: [{ ...FILL, price: '0' }], reason: null } };
    await expect(recording(new ScriptedExecutor(() => contradiction)).execute(newPlan(0), START)).rejects.toThrow(LedgerError);
    expect(await all()).toMatchObject([{ state: 'SENDING', exchangeOrderId: null, executedQuantity: '0' }]);
  });

  it('leaves the order as being sent when the executor fails in a way that nobody foresaw', async () => {
    const inner = new ScriptedExecutor(() => Promise.reject(new TypeError('a bug')));
    await expect(recording(inner).execute(newPlan(0), START)).rejects.toThrow('a bug');
    expect(await all()).toMatchObject([{ state: 'SENDING' }]);
  });

  it.each([
    { point: 'before intent', sent: 0, states: [] },
    { point: 'intent committed', sent: 0, states: ['SENDING'] },
    { point: 'executed', sent: 1, states: ['SENDING'] },
    { point: 'outcome committed', sent: 1, states: ['FILLED'] },
  ] as const)('has sent $sent orders and holds $states when the process ends at "$point"', async ({ point, sent, states }) => {
    const inner = new ScriptedExecutor(() => FILLED);
    const crash = (at: TracePoint): void => {
      if (at === point) throw new Error('crash');
    };
    await expect(recording(inner, crash).execute(newPlan(0), START)).rejects.toThrow('crash');
    expect(inner.sent).toHaveLength(sent);
    expect((await all()).map(({ state }) => state)).toEqual(states);
  });

  it('writes the same ledger for the same history, to the letter', async () => {
    const other = await openMemoryLedger();
    const fill = new ScriptedExecutor(() => FILLED);
    await recording(fill).execute(newPlan(0), START);
    const twin = new OrderRepository(other);
    await new RecordingExecutor(fill, twin, new VirtualClock(null, START)).execute(newPlan(0), START);
    expect(await twin.list({}, { limit: 10, offset: 0 })).toEqual(await all());
    await other.close();
  });

  it('passes every point once, in order', async () => {
    const passed: TracePoint[] = [];
    await recording(new ScriptedExecutor(() => FILLED), (point) => passed.push(point)).execute(newPlan(0), START);
    expect(passed).toEqual(TRACE_POINTS);
  });
});
