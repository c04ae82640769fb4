import fc from 'fast-check';

import { executed, HOUR, newFill, newOrder, START } from '../../../test/support/ledger/orders.js';
import { shareOf } from '../../domain/decimal.js';
import { checkLedger } from '../check-ledger.js';
import { exportLedger } from '../export-ledger.js';
import type { LedgerDatabase } from '../ledger-database.js';
import { openMemoryLedger } from '../open-ledger.js';
import { AdjustmentRepository, type AcceptedMismatch } from './adjustment-repository.js';
import { BotStateRepository } from './bot-state-repository.js';
import { OrderRepository } from './order-repository.js';
import { TradeRepository } from './trade-repository.js';

const KEY = { botId: 'bot-1', mode: 'paper', exchange: 'binance', symbol: 'BTC/USDT' } as const;

let database: LedgerDatabase;
let orders: OrderRepository;
let trades: TradeRepository;
let adjustments: AdjustmentRepository;

beforeEach(async () => {
  database = await openMemoryLedger();
  orders = new OrderRepository(database);
  trades = new TradeRepository(database);
  adjustments = new AdjustmentRepository(database);
});

afterEach(() => database.close());

async function buy(n: number, quantity: string, price: string): Promise<void> {
  await executed(orders, newOrder(n, { quantity }), [newFill(`b${n}`, { price, quantity, executedAt: START + n * HOUR })]);
}

async function sell(n: number, quantity: string, price: string): Promise<void> {
  await executed(orders, newOrder(n, { side: 'sell', quantity }), [newFill(`s${n}`, { price, quantity, executedAt: START + n * HOUR })]);
}

const accept = (held: string, there: string, changes: Partial<AcceptedMismatch> = {}): ReturnType<AdjustmentRepository['acceptMismatch']> =>
  adjustments.acceptMismatch({ ...KEY, held, there, at: START + 9 * HOUR, reason: 'by_hand', details: { free: there, locked: '0' }, ...changes });

const findings = async (): Promise<readonly string[]> => (await database.read(checkLedger)).findings;

async function exported(): Promise<{ orders: { fills: unknown[] }[]; cash: Record<string, string>; adjustments: object[] }> {
  let text = '';
  await database.read(async (view) => {
    for await (const piece of exportLedger(view, KEY)) text += piece;
  });
  return JSON.parse(text) as Awaited<ReturnType<typeof exported>>;
}

describe('a mismatch that a person accepts', () => {
  it('takes coins out at their average cost, and nothing is realised', async () => {
    await buy(1, '2', '100');
    await buy(2, '2', '200'); // average 150
    expect(await accept('4', '1')).toMatchObject({ quantity: '-3', cost: '-450' });
    expect(await trades.position(KEY)).toMatchObject({ quantity: '1', cost: '150', realised: '0', holding: 'open' });
    expect(await findings()).toEqual([]);
  });

  it('leaves the round trip open while something can be sold, and the sale of the rest ends it', async () => {
    await buy(1, '2', '100');
    await accept('2', '0.5');
    expect(await trades.list({}, { limit: 9, offset: 0 })).toMatchObject([{ closedAt: null, pnl: '0' }]);
    await sell(12, '0.5', '120');
    expect(await trades.list({}, { limit: 9, offset: 0 })).toMatchObject([{ closedAt: START + 12 * HOUR, pnl: '10', bought: '2', sold: '0.5', exitReason: 'signal' }]);
    expect(await findings()).toEqual([]);
  });

  it.each(['0', '0.000004'])('ends the round trip when %s is left, which nobody can sell', async (there) => {
    await buy(1, '2', '100');
    await accept('2', there);
    expect(await trades.list({}, { limit: 9, offset: 0 })).toMatchObject([{ closedAt: START + 9 * HOUR, exitReason: 'by_hand', pnl: '0', sold: '0' }]);
    await buy(20, '1', '90');
    expect(await trades.list({ open: true }, { limit: 9, offset: 0 })).toMatchObject([{ openedAt: START + 20 * HOUR, bought: '1' }]);
    expect(await findings()).toEqual([]);
  });

  it('is no trade: fills and cash are what the exchange did, and the change stands beside them', async () => {
    await buy(1, '2', '100');
    await accept('2', '0.5');
    const { orders: listed, cash, adjustments: changes } = await exported();
    expect(listed.map(({ fills }) => fills)).toHaveLength(1);
    expect(cash).toEqual({ BTC: '2', USDT: '-200' });
    expect(changes).toEqual([{ symbol: 'BTC/USDT', quantity: '-1.5', cost: '-150', reason: 'by_hand', at: START + 9 * HOUR, afterFillId: 1, details: { free: '0.5', locked: '0' } }]);
    expect(await new BotStateRepository(database).events(KEY, { limit: 9, offset: 0 })).toMatchObject([{ kind: 'adjusted', details: { quantity: '-1.5' } }]);
  });

  it.each([
    ['1', '0', 'LEDGER.CONFLICT', /is 2 by now, and was 1/],
    ['2', '2', 'LEDGER.INVALID', /Only missing coins/],
    ['2', '3', 'LEDGER.INVALID', /Only missing coins/],
    ['2', '-1', 'LEDGER.INVALID', /Only missing coins/],
  ])('held %s, there %s: %s, and nothing changes', async (held, there, code, message) => {
    await buy(1, '2', '100');
    await expect(accept(held, there)).rejects.toMatchObject({ code, message: expect.stringMatching(message) as string });
    expect(await adjustments.list(KEY)).toEqual([]);
  });

  it('waits for orders that are not done: they may explain it', async () => {
    await buy(1, '2', '100');
    const { id } = await orders.plan(newOrder(5, { side: 'sell' }), START);
    await expect(accept('2', '1')).rejects.toMatchObject({ code: 'LEDGER.STATE', message: expect.stringMatching(/settle it first with `orders resolve`/) as string });
    await orders.move(id, { to: 'NOT_SENT', at: START });
    await expect(accept('2', '1')).resolves.toMatchObject({ quantity: '-1' });
  });

  it('is never changed or deleted, and never booked past its own position', async () => {
    await buy(1, '2', '100');
    await accept('2', '1');
    await expect(database.write((transaction) => transaction.change('DELETE FROM adjustments', []))).rejects.toMatchObject({ code: 'LEDGER.STATE' });
    await expect(database.write((transaction) => transaction.change(`UPDATE adjustments SET cost = '0'`, []))).rejects.toMatchObject({ code: 'LEDGER.STATE' });
    await expect(accept('1', '0', { symbol: 'ETH/USDT' })).rejects.toMatchObject({ code: 'LEDGER.CONFLICT' });
  });

  it('keeps the books equal to what fills and changes add up to, whatever comes in whatever order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.record({ kind: fc.constantFrom('buy', 'sell', 'gone'), share: fc.integer({ min: 1, max: 100 }) }), { minLength: 1, maxLength: 12 }), async (steps) => {
        const books = await openMemoryLedger();
        const all = { orders: new OrderRepository(books), trades: new TradeRepository(books), adjustments: new AdjustmentRepository(books) };
        for (const [n, { kind, share }] of steps.entries()) {
          const { quantity: held } = await all.trades.position(KEY);
          if (kind === 'buy') await executed(all.orders, newOrder(n, { quantity: '1' }), [newFill(`t${n}`, { price: String(100 + share), quantity: `0.${share}7` })]);
          else if (held !== '0' && kind === 'sell') await executed(all.orders, newOrder(n, { side: 'sell' }), [newFill(`t${n}`, { price: String(100 + share), quantity: held })]);
          else if (held !== '0') await all.adjustments.acceptMismatch({ ...KEY, held, there: share > 80 ? '0' : shareOf(held, '1', '2', 18), at: START, reason: 'by_hand', details: {} });
        }
        expect((await books.read(checkLedger)).findings).toEqual([]);
        await books.close();
      }),
      { numRuns: 40 },
    );
  }, 60_000);
});
