import { ScriptedExecutor, newPlan } from '../../test/support/execution/plans.js';
import { START } from '../../test/support/ledger/orders.js';
import { VirtualClock } from '../../test/support/virtual-clock.js';
import type { OrderEntity } from '../persistence/entities/order.entity.js';
import type { LedgerDatabase } from '../persistence/ledger-database.js';
import { openMemoryLedger } from '../persistence/open-ledger.js';
import { OrderRepository } from '../persistence/repositories/order-repository.js';
import type { LookUp } from './executor.js';
import { RecordingExecutor } from './recording-executor.js';
import { isJumped, WorkingOrders } from './working-orders.js';

const OPEN = { kind: 'found', report: { state: 'OPEN', exchangeOrderId: '7', fills: [], reason: null } } as const satisfies LookUp;
const FILL = { tradeId: '1', price: '49000', quantity: '0.0004', commission: '0', commissionAsset: 'BTC', executedAt: START };

let database: LedgerDatabase;
let orders: OrderRepository;

beforeEach(async () => {
  database = await openMemoryLedger();
  orders = new OrderRepository(database);
});

afterEach(() => database.close());

class Answering extends ScriptedExecutor {
  constructor(
    private readonly toLookUp: LookUp,
    private readonly toCancel: LookUp,
  ) {
    super(() => ({ kind: 'known', report: OPEN.report }));
  }

  override async lookUp(): Promise<LookUp> {
    return this.toLookUp;
  }

  override async cancel(): Promise<LookUp> {
    return this.toCancel;
  }
}

async function resting(executor: ScriptedExecutor): Promise<OrderEntity> {
  const plan = newPlan(0, { type: 'limit', timeInForce: 'GTC', limitPrice: '49000' });
  return (await new RecordingExecutor(executor, orders, new VirtualClock(null, START)).execute(plan, START)).order;
}

describe('an order that rests', () => {
  it('is not done while its own report says that it is open, whatever the cancel said', async () => {
    const executor = new Answering(OPEN, OPEN);
    const order = await resting(executor);
    const { order: same, finding } = await new WorkingOrders(executor, orders, 60_000).withdraw(order, START);
    expect(same).toEqual(order);
    expect(finding).toMatchObject({ code: 'ORDER.CANCEL_UNCONFIRMED', stops: 'no_orders' });
  });

  it('stays partly filled when a view that trails behind calls it open', async () => {
    const partial: LookUp = { kind: 'found', report: { ...OPEN.report, state: 'PARTIAL', fills: [FILL] } };
    const order = await resting(new Answering(OPEN, OPEN));
    const { order: filled } = await new WorkingOrders(new Answering(partial, OPEN), orders, 60_000).follow(order, START);
    expect(filled).toMatchObject({ state: 'PARTIAL', executedQuantity: '0.0004' });
    expect(await new WorkingOrders(new Answering(OPEN, OPEN), orders, 60_000).follow(filled, START)).toEqual({ order: filled, finding: null });
  });

  it.each([
    { answer: { kind: 'not_found' }, code: 'ORDER.MISSING' },
    { answer: { kind: 'unavailable', message: 'no answer' }, code: 'ORDER.UNSEEN' },
  ] as const)('that cannot be seen ($answer.kind) stands against entries, and its cancel against every order', async ({ answer, code }) => {
    const executor = new Answering(answer, answer);
    const order = await resting(executor);
    const working = new WorkingOrders(executor, orders, 60_000);
    expect(await working.follow(order, START)).toMatchObject({ order, finding: { code, stops: 'no_entries' } });
    expect(await working.withdraw(order, START)).toMatchObject({ order, finding: { code: 'ORDER.CANCEL_UNCONFIRMED', stops: 'no_orders' } });
  });

  it('is left alone once it is done', async () => {
    const executor = new Answering(OPEN, OPEN);
    const { id } = await resting(executor);
    const ended = await orders.move(id, { to: 'CANCELED', at: START });
    const working = new WorkingOrders(executor, orders, 60_000);
    expect(await working.follow(ended, START)).toEqual({ order: ended, finding: null });
    expect(await working.withdraw(ended, START)).toEqual({ order: ended, finding: null });
  });
});

describe('a stop that buys', () => {
  it.each([
    { ask: '51000', jumped: false, why: 'below its stop it waits' },
    { ask: '51150', jumped: false, why: 'between stop and limit it buys' },
    { ask: '51200.01', jumped: true, why: 'above its limit it does not' },
  ])('is jumped only above its limit: $why', ({ ask, jumped }) => {
    expect(isJumped({ type: 'stop_loss_limit', side: 'buy', stopPrice: '51100', limitPrice: '51200' }, { bid: '1', ask })).toBe(jumped);
  });
});
