import { copyFileSync, rmSync } from 'node:fs';

import { TRACE_POINTS } from '../../../src/execution/recording-executor.js';
import { backUp } from '../../../src/persistence/backup.js';
import { checkLedger } from '../../../src/persistence/check-ledger.js';
import { openLedger } from '../../../src/persistence/open-ledger.js';
import { Account, codes, MINUTE, rowsOf } from '../../support/execution/account.js';
import { Desk, ON_LOOK_UP, ON_ORDER } from '../../support/execution/desk.js';
import { FakeBinance } from '../../support/exchange/fake-binance.js';
import { useTemporaryFolder } from '../../support/temporary-folder.js';

const inFolder = useTemporaryFolder();
const BALANCES = { USDT: '100000', BTC: '0' };

let account: Account;

afterEach(() => account.close());

const settled = (): ReturnType<Account['reconcile']> => account.reconcile({ settleMs: 120_000 });

describe('recovery', () => {
  it.each(TRACE_POINTS)('F66 applied twice after a crash at "%s" books everything once, and the second time changes nothing', async (point) => {
    account = await Account.open({ balances: BALANCES });
    account.desk.crashAt(point);
    await expect(account.desk.place(1, { quantity: '0.1' })).rejects.toThrow('crash');
    account.restart();
    const first = await settled();
    expect(codes(first)).toEqual([]);
    expect(await account.desk.problems()).toEqual([]);
    const once = await rowsOf(account.desk.database);
    account.restart();
    expect(await settled()).toMatchObject({ changes: 0, findings: [] });
    expect(await rowsOf(account.desk.database)).toEqual(once);
    expect(account.desk.posts()).toBeLessThanOrEqual(1);
  });

  it.each(['executed', 'lost'])('F66 of an order of unknown outcome that was %s ends in the same books, however often it is tried', async (fate) => {
    account = await Account.open({ balances: BALANCES });
    account.desk.strike({ match: ON_ORDER, times: 1, phase: fate === 'lost' ? 'before' : 'after', effect: { type: 'reset' } });
    const { order } = await account.desk.place(1, { quantity: '0.1' });
    expect(order.state).toBe('UNKNOWN');
    account.restart();
    expect(codes(await account.reconcile({ settleMs: 0 }))).toEqual(['ORDER.UNKNOWN no_orders']);
    account.restart();
    await account.ticks(4);
    const books = await rowsOf(account.desk.database);
    await account.ticks(2);
    expect(await rowsOf(account.desk.database)).toEqual(books);
    expect((await account.desk.orders.byId(order.id))?.state).toBe(fate === 'lost' ? 'ABSENT' : 'FILLED');
    expect(await account.desk.problems()).toEqual([]);
    expect(account.desk.posts()).toBe(1);
  });

  it('keeps the trade of an order that is still being looked for out of the external ones', async () => {
    account = await Account.open({ balances: BALANCES });
    account.desk.strike({ match: ON_ORDER, times: 1, phase: 'after', effect: { type: 'reset' } }, { match: ON_LOOK_UP, times: 20, effect: { type: 'error', status: 400, code: -2013, msg: 'Order does not exist.' } });
    await account.desk.place(1, { quantity: '0.1' });
    expect(codes(await account.reconcile({ settleMs: 0 }))).toContain('ORDER.UNKNOWN no_orders');
    expect(await account.externals()).toEqual([]);
    account.desk.clearFaults();
    await account.ticks(3);
    expect(await account.desk.position()).toBe('0.0999');
    expect(await account.desk.problems()).toEqual([]);
  });

  it('F15 an order that the exchange carried out twice: the second is kept as external, and halts until a person resumes', async () => {
    account = await Account.open({ balances: BALANCES });
    account.desk.strike({ match: ON_ORDER, times: 1, effect: { type: 'dupExec' } });
    await account.desk.place(1, { quantity: '0.1' });
    expect(codes(await account.reconcile())).toEqual(['RECONCILE.DOUBLE_EXECUTION halt']);
    expect(await account.desk.position()).toBe('0.0999');
    expect(await account.externals()).toEqual(['2']);
    // A restart does not forget it, and does not tell it twice.
    account.restart();
    expect(await account.reconcile()).toMatchObject({ changes: 0, findings: [{ code: 'RECONCILE.DOUBLE_EXECUTION', stops: 'halt' }] });
    await account.resume();
    expect(codes(await account.reconcile())).toEqual([]);
  });

  it('an order that was settled as never placed and is executed all the same is not booked, and halts', async () => {
    account = await Account.open({ balances: BALANCES });
    account.desk.strike({ match: ON_ORDER, times: 1, phase: 'before', effect: { type: 'reset' } });
    const { order } = await account.desk.place(1, { quantity: '0.1' });
    await account.ticks(4);
    expect((await account.desk.orders.byId(order.id))?.state).toBe('ABSENT');
    account.desk.exchange.control({ command: 'order', symbol: 'BTCUSDT', side: 'BUY', type: 'MARKET', quantity: '0.1', newClientOrderId: order.clientOrderId });
    expect(codes(await account.reconcile())).toEqual(['RECONCILE.LATE_EXECUTION halt']);
    expect(await account.desk.position()).toBe('0');
  });

  it('I10 twice is once, with open orders, external trades, a mismatch and a partly filled order about', async () => {
    account = await Account.open({ balances: { ...BALANCES, BTC: '1' }, makerFillRatio: '0.3' });
    await account.desk.place(1, { quantity: '0.5' });
    await account.desk.place(2, { side: 'sell', type: 'limit', timeInForce: 'GTC', quantity: '0.2', limitPrice: '50000.5' });
    account.desk.exchange.control({ command: 'order', symbol: 'BTCUSDT', side: 'SELL', type: 'MARKET', quantity: '0.9' });
    account.effect({ type: 'balance', asset: 'BTC', delta: '-0.3' });
    const first = await account.reconcile();
    expect(first.changes).toBeGreaterThan(0);
    expect(codes(first)).toEqual(['RECONCILE.MISMATCH no_entries']);
    const once = await rowsOf(account.desk.database);
    const second = await account.reconcile();
    expect(second).toMatchObject({ changes: 0, findings: first.findings });
    expect(await rowsOf(account.desk.database)).toEqual(once);
  });

  it('F75 a ledger restored from a backup finds what its own orders traded since, and halts for orders it has never heard of', async () => {
    const exchange = new FakeBinance({ symbols: ['BTCUSDT'], feed: { BTCUSDT: { volBps: 0 } }, balances: BALANCES, makerFillRatio: '0.3' });
    const open = (): ReturnType<typeof openLedger> => openLedger({ dataDir: inFolder(), botId: 'bot-1', nowMs: exchange.now });
    const ledger = await open();
    account = Account.on(Desk.on({ exchange, database: ledger.database }));
    await account.desk.place(1, { quantity: '0.5' });
    const { order: resting } = await account.desk.place(2, { side: 'sell', type: 'limit', timeInForce: 'GTC', quantity: '0.2', limitPrice: '50000.05' });
    const backup = await backUp(inFolder('ledger.sqlite'), inFolder('backups'), 2, exchange.now);
    // A week goes by: the sale is filled, others trade, and another order of ours is placed that the backup does not know.
    exchange.control({ command: 'price', symbol: 'BTCUSDT', price: '50100' });
    exchange.advance(10 * MINUTE);
    for (let i = 0; i < 1100; i++) exchange.control({ command: 'order', symbol: 'BTCUSDT', side: i % 2 === 0 ? 'BUY' : 'SELL', type: 'MARKET', quantity: '0.001' });
    await account.desk.place(3, { quantity: '0.1' });
    exchange.advance(7 * 24 * 60 * MINUTE);
    await ledger.close();
    const posts = account.desk.posts();

    for (const tail of ['', '-wal', '-shm']) rmSync(inFolder(`ledger.sqlite${tail}`), { force: true });
    copyFileSync(backup.path, inFolder('ledger.sqlite'));
    const restored = await open();
    account = Account.on(Desk.on({ exchange, database: restored.database }));
    const result = await settled();
    expect(codes(result)).toEqual(['RECONCILE.FORGOTTEN_ORDER halt']);
    expect((await account.desk.orders.byId(resting.id))?.state).toBe('FILLED');
    expect(result.position.quantity).toBe('0.2995');
    expect(await settled()).toMatchObject({ changes: 0 });
    expect(account.desk.posts()).toBe(posts);
    expect((await account.desk.database.read(checkLedger)).findings).toEqual([]);
    await restored.database.close();
    account = await Account.open();
  });
});
