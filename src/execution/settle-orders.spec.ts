import { newPlan, ScriptedExecutor } from '../../test/support/execution/plans.js';
import { scriptedClient } from '../../test/support/execution/scripted-client.js';
import { START } from '../../test/support/ledger/orders.js';
import { VirtualClock } from '../../test/support/virtual-clock.js';
import { ExchangeUnavailable } from '../domain/errors.js';
import type { OrderEntity } from '../persistence/entities/order.entity.js';
import type { LedgerDatabase } from '../persistence/ledger-database.js';
import { openMemoryLedger } from '../persistence/open-ledger.js';
import { OrderRepository } from '../persistence/repositories/order-repository.js';
import { RecordingExecutor } from './recording-executor.js';
import { OrderSettler } from './settle-orders.js';

const MISSING = new ScriptedExecutor(() => ({ kind: 'unknown', message: 'no reply', alarm: false }));
const QUIET = { ordersSince: async () => [], tradesAfter: async () => [], balances: async () => newPlan(0).balancesBefore };
const LONG_ENOUGH = { serverTime: START, budgetMs: 60_000 };

let database: LedgerDatabase;
let orders: OrderRepository;
let clock: VirtualClock;

beforeEach(async () => {
  database = await openMemoryLedger();
  orders = new OrderRepository(database);
  clock = new VirtualClock(null, START);
});

afterEach(() => database.close());

const lost = async (): Promise<OrderEntity> => (await new RecordingExecutor(MISSING, orders, clock).execute(newPlan(0), START)).order;
const settlerWith = (account: Parameters<typeof scriptedClient>[0]): OrderSettler => new OrderSettler({ executor: MISSING, account: scriptedClient({ ...QUIET, ...account }), orders, clock, recvWindowMs: 5000 });

describe('the settler', () => {
  it('calls an order absent when it was missed and nothing else tells of it', async () => {
    expect(await settlerWith({}).settle(await lost(), LONG_ENOUGH)).toMatchObject({ order: { state: 'ABSENT', stateAt: START + 55_000 }, finding: null });
  });

  it('keeps looking, without asking a person, while the evidence cannot be read', async () => {
    const away = (): Promise<never> => Promise.reject(new ExchangeUnavailable('binance: no answer'));
    const { order, finding } = await settlerWith({ balances: away }).settle(await lost(), { serverTime: START, budgetMs: 1_800_000 });
    expect(order.state).toBe('UNKNOWN');
    expect(finding).toMatchObject({ code: 'ORDER.UNKNOWN', stops: 'no_orders', message: expect.stringContaining('binance: no answer') as unknown });
  });

  it('does not run on when the evidence takes longer than there is time', async () => {
    let reads = 0;
    const slow = async (): Promise<never> => {
      reads++;
      await clock.sleep(20_000);
      throw reads > 1 ? new TypeError('it ran on') : new ExchangeUnavailable('binance: no answer');
    };
    expect((await settlerWith({ balances: slow }).settle(await lost(), LONG_ENOUGH)).order.state).toBe('UNKNOWN');
    // Begun in time, at 55 s.
    expect(clock.monotonic()).toBe(75_000);
  });

  it('lets faults of our own go up', async () => {
    const bug = (): Promise<never> => Promise.reject(new TypeError('a bug'));
    await expect(settlerWith({ balances: bug }).settle(await lost(), LONG_ENOUGH)).rejects.toThrow('a bug');
  });

  it('says what was on its way before it asked, and does not ask twice within a second', async () => {
    const settler = settlerWith({});
    const order = await lost();
    await settler.settle(order, { serverTime: START + 1000, budgetMs: 0 });
    expect(await settler.settle(order, { serverTime: START + 1500, budgetMs: 0 })).toMatchObject({ order: { state: 'UNKNOWN' }, finding: { message: expect.stringContaining('a moment ago') as unknown } });
  });
});
