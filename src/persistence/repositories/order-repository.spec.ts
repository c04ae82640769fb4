import { newFill, newOrder, executed, HOUR, START } from '../../../test/support/ledger/orders.js';
import type { LedgerDatabase } from '../ledger-database.js';
import { openMemoryLedger } from '../open-ledger.js';
import { bookedAsExternal } from '../booking/external-fills.js';
import { FillQueries } from './fill-queries.js';
import { OrderRepository } from './order-repository.js';
import { TradeRepository } from './trade-repository.js';

const MARKET = { botId: 'bot-1', mode: 'paper', exchange: 'binance', symbol: 'BTC/USDT' } as const;
const BOOK = { botId: 'bot-1', mode: 'paper' } as const;

let database: LedgerDatabase;
let orders: OrderRepository;
let fills: FillQueries;
let trades: TradeRepository;

beforeEach(async () => {
  database = await openMemoryLedger();
  orders = new OrderRepository(database);
  fills = new FillQueries(database);
  trades = new TradeRepository(database);
});

afterEach(() => database.close());

async function sent(n = 0): Promise<string> {
  const { id } = await orders.plan(newOrder(n), START);
  await orders.move(id, { to: 'SENDING', at: START + 1 });
  return id;
}

describe('an order', () => {
  it('is there, with everything that is known before it is sent, once it is planned', async () => {
    const planned = await orders.plan(newOrder(0, { quantity: '1.50000000', limitPrice: '42e3', type: 'limit' }), START);
    expect(await orders.byId(planned.id)).toEqual(planned);
    expect(planned).toMatchObject({ state: 'PLANNED', quantity: '1.5', limitPrice: '42000', executedQuantity: '0', plannedAt: START, sentAt: null });
    expect(await orders.byClientOrderId(planned)).toEqual(planned);
  });

  it('is planned once per signal: the second attempt finds the first', async () => {
    await orders.plan(newOrder(0), START);
    await expect(orders.plan(newOrder(0, { clientOrderId: 'another' }), START)).rejects.toMatchObject({ code: 'LEDGER.DUPLICATE' });
    await expect(orders.plan(newOrder(0, { clientOrderId: 'another', attempt: 2 }), START)).rejects.toMatchObject({ code: 'LEDGER.DUPLICATE' });
  });

  it('may be tried again when it certainly never moved money', async () => {
    const first = await sent();
    await orders.move(first, { to: 'UNKNOWN', at: START + 2 });
    await orders.move(first, { to: 'ABSENT', at: START + 3, reason: 'quarantine over' });
    const second = await orders.plan(newOrder(0, { clientOrderId: 'second', attempt: 2 }), START + 4);
    expect((await orders.ofSignal(second.signalKey)).map(({ attempt, state }) => [attempt, state])).toEqual([
      [1, 'ABSENT'],
      [2, 'PLANNED'],
    ]);
  });

  it('has the same client id in paper and live without either noticing the other', async () => {
    await executed(orders, newOrder(0, { clientOrderId: 'same' }), [newFill('1')]);
    await executed(orders, newOrder(0, { clientOrderId: 'same', mode: 'live', signalKey: 'live key' }), [newFill('1')]);
    expect((await trades.position(MARKET)).quantity).toBe('1');
    expect((await trades.position({ ...MARKET, mode: 'live' })).quantity).toBe('1');
  });

  it('moves with the fills that came with the news, and each move is on record with its time', async () => {
    const id = await sent();
    await orders.move(id, { to: 'PARTIAL', at: START + 2, exchangeOrderId: '77', fills: [newFill('t1', { quantity: '0.4' })] });
    await orders.move(id, { to: 'FILLED', at: START + 3, fills: [newFill('t1', { quantity: '0.4' }), newFill('t2', { quantity: '0.6', price: '42001.5' })] });
    expect(await orders.byId(id)).toMatchObject({ state: 'FILLED', stateAt: START + 3, exchangeOrderId: '77', executedQuantity: '1', executedQuote: '42000.9' });
    expect((await orders.transitions(id)).map(({ fromState, toState, at }) => [fromState, toState, at])).toEqual([
      [null, 'PLANNED', START],
      ['PLANNED', 'SENDING', START + 1],
      ['SENDING', 'PARTIAL', START + 2],
      ['PARTIAL', 'FILLED', START + 3],
    ]);
    expect((await fills.ofOrder(id)).map(({ tradeId, quantity }) => [tradeId, quantity])).toEqual([
      ['t1', '0.4'],
      ['t2', '0.6'],
    ]);
  });

  it('does not change when the same news come again', async () => {
    const id = await sent();
    const news = { to: 'FILLED', at: START + 2, exchangeOrderId: '77', fills: [newFill('t1'), newFill('t1')] } as const;
    const first = await orders.move(id, news);
    expect(await orders.move(id, { ...news, at: START + 9 })).toEqual(first);
    expect((await trades.position(MARKET)).quantity).toBe('1');
    expect(await orders.transitions(id)).toHaveLength(3);
  });

  it('books nothing when its move is refused', async () => {
    const { id } = await orders.plan(newOrder(0), START);
    await expect(orders.move(id, { to: 'FILLED', at: START, fills: [newFill('t1')] })).rejects.toMatchObject({ code: 'LEDGER.STATE', message: 'An order that is PLANNED cannot become FILLED; it can become SENDING, NOT_SENT' });
    expect(await fills.ofOrder(id)).toEqual([]);
    expect((await orders.byId(id))?.state).toBe('PLANNED');
  });

  it('does not move when one of its fills is refused', async () => {
    const id = await sent();
    await expect(orders.move(id, { to: 'FILLED', at: START, fills: [newFill('t1'), newFill('t2', { price: '0' })] })).rejects.toMatchObject({ code: 'LEDGER.INVALID' });
    expect((await orders.byId(id))?.state).toBe('SENDING');
    expect(await trades.position(MARKET)).toMatchObject({ quantity: '0', holding: 'flat' });
  });

  it('is never called unmoved when it was executed', async () => {
    const id = await sent();
    await expect(orders.move(id, { to: 'REFUSED', at: START, fills: [newFill('t1')] })).rejects.toMatchObject({ code: 'LEDGER.STATE' });
    await expect(orders.move(id, { to: 'FILLED', at: START })).rejects.toMatchObject({ code: 'LEDGER.INVALID' });
  });

  it('takes fills that come late, in whatever final state it is', async () => {
    const id = await sent();
    await orders.move(id, { to: 'EXPIRED', at: START + 2, fills: [newFill('t1', { quantity: '0.3' })] });
    const later = await orders.addFills(id, [newFill('t2', { quantity: '0.2' })], START + HOUR);
    expect(later).toMatchObject({ state: 'EXPIRED', stateAt: START + 2, executedQuantity: '0.5' });
    expect((await trades.position(MARKET)).quantity).toBe('0.5');
  });

  it('refuses a report that contradicts one that is booked', async () => {
    const id = await sent();
    await orders.move(id, { to: 'PARTIAL', at: START, fills: [newFill('t1', { quantity: '0.4' })] });
    await expect(orders.addFills(id, [newFill('t1', { quantity: '0.5' })], START)).rejects.toMatchObject({ code: 'LEDGER.CONFLICT', message: expect.stringMatching(/quantity 0.4 and now 0.5/) as string });
    const other = await sent(1);
    await expect(orders.move(other, { to: 'FILLED', at: START, fills: [newFill('t1', { quantity: '0.4' })] })).rejects.toMatchObject({ code: 'LEDGER.CONFLICT' });
  });

  it('takes an execution that two views of the exchange stamp a moment apart for the same, and one of another hour for a contradiction', async () => {
    const id = await sent();
    await orders.move(id, { to: 'PARTIAL', at: START, fills: [newFill('t1', { quantity: '0.4', executedAt: START })] });
    await orders.addFills(id, [newFill('t1', { quantity: '0.4', executedAt: START + 1000 })], START);
    expect((await trades.position(MARKET)).quantity).toBe('0.4');
    await expect(orders.addFills(id, [newFill('t1', { quantity: '0.4', executedAt: START + 1001 })], START)).rejects.toMatchObject({ code: 'LEDGER.CONFLICT' });
  });

  it('keeps the id that the exchange gave it', async () => {
    const id = await sent();
    await orders.move(id, { to: 'OPEN', at: START, exchangeOrderId: '77' });
    await expect(orders.move(id, { to: 'CANCELED', at: START, exchangeOrderId: '78' })).rejects.toMatchObject({ code: 'LEDGER.STATE' });
  });

  it('is found while nobody knows what became of it, and while it works', async () => {
    const ids = [];
    for (let n = 0; n < 4; n++) ids.push((await orders.plan(newOrder(n), START + n)).id);
    await orders.move(ids[1], { to: 'SENDING', at: START });
    await orders.move(ids[2], { to: 'SENDING', at: START });
    await orders.move(ids[2], { to: 'UNKNOWN', at: START });
    await orders.move(ids[3], { to: 'SENDING', at: START });
    await orders.move(ids[3], { to: 'OPEN', at: START });
    expect((await orders.unresolved(BOOK)).map(({ id }) => id)).toEqual(ids.slice(0, 3));
    expect((await orders.working(BOOK)).map(({ id }) => id)).toEqual(ids.slice(3));
    expect(await orders.unresolved({ ...BOOK, mode: 'live' })).toEqual([]);
  });
});

describe('F67 executions that no order of ours explains', () => {
  it('are on record once and in no position', async () => {
    const foreign = { ...newFill('900'), ...MARKET, side: 'sell' as const };
    expect(await database.write((transaction) => bookedAsExternal(transaction, [foreign], START))).toBe(1);
    expect(await database.write((transaction) => bookedAsExternal(transaction, [foreign], START))).toBe(0);
    expect(await trades.position(MARKET)).toMatchObject({ quantity: '0' });
    expect(await fills.last(MARKET)).toMatchObject({ tradeId: '900', origin: 'external', orderId: null });
  });
});
