import { newFill, newOrder, executed } from '../../../test/support/ledger/orders.js';
import { ScriptedMarket } from '../../../test/support/paper/paper-bench.js';
import type { LedgerDatabase } from '../../persistence/ledger-database.js';
import { openMemoryLedger } from '../../persistence/open-ledger.js';
import { OrderRepository } from '../../persistence/repositories/order-repository.js';
import { TradeRepository } from '../../persistence/repositories/trade-repository.js';
import { PaperAccount } from './paper-account.js';

describe('a paper account', () => {
  let database: LedgerDatabase;
  let account: PaperAccount;
  const market = new ScriptedMarket();

  beforeEach(async () => {
    database = await openMemoryLedger();
    account = new PaperAccount({ botId: 'bot-1', exchange: 'binance', capitalAsset: 'USDT', capital: '10000' }, market, new TradeRepository(database));
  });

  afterEach(() => database.close());

  it('begins with its capital', async () => {
    expect(await account.balances()).toEqual({ USDT: { free: '10000', locked: '0' } });
  });

  it('is its capital and every paper fill of the bot, whatever fees were taken in', async () => {
    const orders = new OrderRepository(database);
    await executed(orders, newOrder(1, { quantity: '0.1' }), [newFill('1', { price: '42000', quantity: '0.1', commission: '0.0001', commissionAsset: 'BTC' })]);
    await executed(orders, newOrder(2, { quantity: '0.05', side: 'sell' }), [newFill('2', { price: '44000', quantity: '0.05', commission: '0.001', commissionAsset: 'BNB' })]);
    await executed(orders, newOrder(3, { quantity: '2', symbol: 'ETH/USDT', baseAsset: 'ETH' }), [newFill('3', { price: '2500', quantity: '2', commission: '5', commissionAsset: 'USDT' })]);
    // 10000 - 4200 + 2200 - 5000 - 5; BNB was never there to pay with, so nothing of it is free.
    expect(await account.balances()).toEqual({
      USDT: { free: '2995', locked: '0' },
      BTC: { free: '0.0499', locked: '0' },
      ETH: { free: '2', locked: '0' },
      BNB: { free: '0', locked: '0' },
    });
  });

  it.each([{ mode: 'live' as const }, { botId: 'bot-2' }, { exchange: 'kraken' }])('F103 has no part in fills of %j', async (other) => {
    await executed(new OrderRepository(database), newOrder(1, { quantity: '0.1', ...other }), [newFill('1', { price: '42000', quantity: '0.1' })]);
    expect(await account.balances()).toEqual({ USDT: { free: '10000', locked: '0' } });
  });

  it('knows the market by its public side, and nothing that needs a key', async () => {
    expect(await account.serverTime()).toBe(1_700_000_000_000);
    expect((await account.rules('BTC/USDT')).lotStep).toBe('0.00001');
    expect((await account.bookTop('BTC/USDT')).ask).toBe('42000.01');
    expect(Object.values(await account.permissions())).toEqual([null, null, null, null, null]);
    expect([await account.openOrders(), await account.ordersSince(), await account.tradesAfter()]).toEqual([[], [], []]);
  });
});
