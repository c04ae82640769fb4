import { existsSync, readdirSync, readFileSync } from 'node:fs';

import { plus, sum } from '../../../src/domain/decimal.js';
import { openLedger, type Ledger } from '../../../src/persistence/open-ledger.js';
import { SignalRepository } from '../../../src/persistence/repositories/signal-repository.js';
import { columnsOf } from '../../../src/report/columns.js';
import { newSignal } from '../../support/ledger/orders.js';
import { Racer } from '../../support/ledger/racer.js';
import { tellStory } from '../../support/ledger/story.js';
import { useTemporaryFolder } from '../../support/temporary-folder.js';

const inFolder = useTemporaryFolder();
const terminal = new Racer('verb-server.mjs');
let bot: Ledger;

afterAll(() => terminal.end());

/** What a verb prints on stdout. */
async function say(verb: string, options: Record<string, unknown> = {}): Promise<string> {
  const answer = await terminal.ask(JSON.stringify({ verb, options: { ledgerDir: inFolder(), ...options } }));
  const { printed, error } = JSON.parse(answer) as { printed: string; error: { message: string } | null };
  if (error !== null) throw Object.assign(new Error(error.message), error);
  return printed;
}

async function json<T>(verb: string, options: Record<string, unknown> = {}): Promise<T> {
  return JSON.parse(await say(verb, { ...options, json: true })) as T;
}

const TABLES = ['TradesCommand', 'SignalsCommand', 'OrdersCommand', 'FillsCommand'];
const VERBS = [...TABLES, 'PnlCommand', 'LedgerExportCommand', 'DbStatusCommand', 'DbCheckCommand'];

describe('the verbs of the ledger', () => {
  // The bot is at work all the while: no verb may need it to stop.
  beforeEach(async () => {
    bot = await openLedger({ dataDir: inFolder(), botId: 'bot-1', nowMs: Date.now() });
    await tellStory(bot.database);
  });

  afterEach(() => bot.close());

  it.each(VERBS)('F104 %s answers while the bot has the ledger open, and changes nothing', async (verb) => {
    const before = readFileSync(inFolder('ledger.sqlite'));
    expect(await say(verb)).not.toBe('');
    expect(readFileSync(inFolder('ledger.sqlite')).equals(before)).toBe(true);
    await new SignalRepository(bot.database).record(newSignal(99));
  });

  it.each(TABLES)('%s fits 80 columns', async (verb) => {
    for (const line of (await say(verb)).split('\n')) expect(columnsOf(line)).toBeLessThanOrEqual(80);
  });

  it('see what the bot has committed a moment ago', async () => {
    expect(await json<unknown[]>('SignalsCommand')).toHaveLength(6);
    await new SignalRepository(bot.database).record(newSignal(99));
    expect(await json<unknown[]>('SignalsCommand')).toHaveLength(7);
  });

  it('list round trips, newest first', async () => {
    expect(await say('TradesCommand')).toBe(
      [
        'mode: paper',
        'market    opened          for  bought    entry     exit       pnl  why',
        'BTC/USDT  24-01-02 03:00  5 h    0.02    43000    42500  -9.99571  stop_loss',
        'BTC/USDT  24-01-01 01:00  6 h   0.025  42100.1  42649.7  +11.6063  signal',
        '',
      ].join('\n'),
    );
  });

  it('narrow by time, market, mode, side, strategy and value', async () => {
    const count = async (verb: string, options: Record<string, unknown>): Promise<number> => (await json<unknown[]>(verb, options)).length;
    expect(await count('TradesCommand', { from: '2024-01-02' })).toBe(1);
    expect(await count('TradesCommand', { to: '2024-01-02' })).toBe(1);
    expect(await count('TradesCommand', { symbol: 'ETH/USDT' })).toBe(0);
    expect(await count('FillsCommand', { mode: 'live' })).toBe(0);
    expect(await count('FillsCommand', { side: 'sell' })).toBe(4);
    expect(await count('OrdersCommand', { state: 'refused,sending' })).toBe(2);
    expect(await count('OrdersCommand', { strategy: 'nobody' })).toBe(0);
    expect(await count('SignalsCommand', { value: '-1' })).toBe(2);
    expect(await count('SignalsCommand', { side: 'buy' })).toBe(3);
    expect(await count('FillsCommand', { limit: '2', offset: '5' })).toBe(1);
  });

  it('sum results exactly, in every grouping to the same total', async () => {
    const total = async (by: string): Promise<string[]> => (await json<{ realised: { realised: string }[] }>('PnlCommand', { by })).realised.map(({ realised }) => realised);
    // Cash: -1052.5025 + 1064.963015 - 1.064963015 - 860 + 850 = 1.395551985; what is left of the coins cost 0.214998928070785107.
    const exact = plus('1.395551985', '0.214998928070785107');
    expect(await total('total')).toEqual([exact]);
    expect(await total('strategy')).toEqual([exact]);
    const days = await total('day');
    expect(days).toHaveLength(2);
    expect(sum(days)).toBe(exact);
  });

  it('export the whole ledger: orders with their fills, what is held, how assets changed, and what nobody knows the end of', async () => {
    const { orders, position, cash, unresolved } = await json<{ orders: Record<string, unknown>[]; position: Record<string, unknown>; cash: object; unresolved: object[] }>('LedgerExportCommand');
    expect(orders).toHaveLength(6);
    expect(orders[1]).toMatchObject({
      signalKey: 'bot-1|paper|BTC/USDT|1h|1704088800000|sell',
      clientOrderId: 'tb-paper-6-sell',
      exchangeOrderId: '90006',
      symbol: 'BTC/USDT',
      side: 'SELL',
      status: 'FILLED',
      executedQty: '0.02497',
      quoteQty: '1064.963015',
      fills: [
        { tradeId: '502', price: '42650', qty: '0.01', commission: '0.4265', commissionAsset: 'USDT' },
        { tradeId: '503', price: '42649.5', qty: '0.01497', commission: '0.638463015', commissionAsset: 'USDT' },
      ],
    });
    expect(position).toMatchObject({ 'BTC/USDT': { quantity: '0.000005', holding: 'dust' } });
    expect(cash).toEqual({ BTC: '0.000005', USDT: '1.395551985', BNB: '-0.00418' });
    expect(unresolved).toEqual([{ signalKey: expect.any(String) as string, clientOrderId: 'tb-paper-40-buy', exchangeOrderId: null, symbol: 'BTC/USDT', side: 'BUY', status: 'SENDING' }]);
    expect(await json('LedgerExportCommand', { mode: 'live' })).toEqual({ orders: [], position: {}, cash: {}, unresolved: [], adjustments: [] });
  });

  it('export every decision with its candle', async () => {
    const { decisions } = await json<{ decisions: object[] }>('DecisionsCommand');
    expect(decisions).toHaveLength(6);
    expect(decisions[0]).toMatchObject({ signalKey: 'bot-1|paper|BTC/USDT|1h|1704067200000|buy', timeframe: '1h', candleOpenTime: 1704067200000, candle: { close: '42250.5' }, action: 'BUY' });
  });

  it('back up while the bot writes, and name the writer', async () => {
    expect(await say('DbBackupCommand')).toMatch(/backups\/ledger-v2-.*\.sqlite {2}0\.\d MiB/);
    expect(readdirSync(inFolder('backups'))).toHaveLength(1);
    await new SignalRepository(bot.database).record(newSignal(99));
    expect(await json('DbStatusCommand')).toMatchObject({ version: 2, pending: [], in_use: true, used_by: { pid: process.pid, bot_id: 'bot-1' }, rows: { fills: 6, trades: 2 } });
  });

  it('do not migrate under a running bot', async () => {
    await expect(say('DbMigrateCommand')).rejects.toMatchObject({ code: 'LOCK.HELD', exitCode: 4 });
  });

  it('find what does not follow from the fills, and end with an error', async () => {
    expect(await say('DbCheckCommand')).toMatch(/^Sound: 5 fills in 1 markets/);
    await bot.database.write(async (transaction) => {
      await transaction.change(`UPDATE positions SET realised = '2'`, []);
      await transaction.change(`UPDATE orders SET executed_quote = '1' WHERE client_order_id = 'tb-paper-0-buy'`, []);
      await transaction.change(`UPDATE trades SET pnl = '0' WHERE id = 1`, []);
      await transaction.change(`UPDATE daily_pnls SET fees = '{}' WHERE day = 1704067200000`, []);
    });
    const message = await say('DbCheckCommand').then(String, (error: Error & { code: string }) => `${error.code} ${error.message}`);
    expect(message.split('\n')).toEqual([
      'LEDGER.CHECK The ledger is not what its fills make it:',
      expect.stringMatching(/^ {2}- round trip from fill 1 on: pnl is "0"; the fills make it "11\.6062/) as string,
      expect.stringMatching(/^ {2}- position paper BTC\/USDT of bot-1: realised is "2"; the fills make it "1\.610550913070785107"/) as string,
      '  - result of 2024-01-01 paper BTC/USDT of bot-1: fees is {}; the fills make it {"BTC":"0.000025","USDT":"1.064963015"}',
      expect.stringMatching(/^ {2}- order .* says 0\.025 for 1; its fills add up to 0\.025 for 1052\.5025/) as string,
    ]);
  });
});

describe('the verbs without a ledger', () => {
  it.each([...VERBS, 'DbBackupCommand', 'DbMigrateCommand'])('%s makes no ledger where there is none, and says who does', async (verb) => {
    await expect(say(verb)).rejects.toMatchObject({ code: 'LEDGER.NONE', exitCode: 1, message: expect.stringMatching(/The bot makes it when it first runs/) as string });
    expect(existsSync(inFolder('ledger.sqlite'))).toBe(false);
  });

  it.each([
    ['TradesCommand', { from: 'yesterday' }, /--from: must be an existing date/],
    ['TradesCommand', { limit: '0' }, /--limit: must be a whole number from 1 to 100000/],
    ['TradesCommand', { from: '2024-02-01', to: '2024-01-01' }, /--from: must be before --to/],
    ['TradesCommand', { json: true, csv: true }, /cannot be used together/],
    ['FillsCommand', { mode: 'demo' }, /--mode: must be one of paper, live/],
    ['SignalsCommand', { value: '2' }, /--value: must be 1, 0 or -1/],
    ['OrdersCommand', { state: 'LOST' }, /--state: must be of PLANNED/],
    ['PnlCommand', { by: 'hour' }, /--by: must be one of day, month/],
    ['DecisionsCommand', {}, /--json: is required/],
  ])('refuse flags that mean nothing: %p %j', async (verb, options, message) => {
    await expect(say(verb, options)).rejects.toMatchObject({ code: 'CONFIG.INVALID', exitCode: 2, message: expect.stringMatching(message) as string });
  });
});
