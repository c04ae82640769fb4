import { mkdirSync, writeFileSync } from 'node:fs';

import { openLedger } from '../../src/persistence/open-ledger.js';
import { buildOnce } from '../support/cli.js';
import { DEFAULT_KEY, DEFAULT_SECRET } from '../support/exchange/config/config.js';
import { FakeBinance } from '../support/exchange/fake-binance.js';
import type { Servers } from '../support/exchange/transport/servers.js';
import { Desk, ON_ORDER } from '../support/execution/desk.js';
import { startCli, type CliEnd } from '../support/running-cli.js';
import { useTemporaryFolder } from '../support/temporary-folder.js';

const inFolder = useTemporaryFolder();
const LIVE = { LIVE_TRADING_ACKNOWLEDGED: 'yes-real-money', BINANCE_API_KEY: DEFAULT_KEY, BINANCE_API_SECRET: DEFAULT_SECRET };

let exchange: FakeBinance;
let servers: Servers;

beforeAll(() => buildOnce());

beforeEach(async () => {
  exchange = new FakeBinance({ mode: 'anchored', now: 'wall', symbols: ['BTCUSDT'], feed: { BTCUSDT: { volBps: 0 } }, balances: { USDT: '100000', BTC: '0' } });
  servers = await exchange.listen();
  mkdirSync(inFolder('settings'));
  writeFileSync(inFolder('settings/config.json'), JSON.stringify({ execution_mode: 'live' }));
});

afterEach(() => servers.close());

const run = (args: string): Promise<CliEnd> => startCli(args.split(' '), inFolder(), servers.baseUrl, LIVE).end;

/** A bot that ran here and ended. */
async function withHistory(work: (desk: Desk) => Promise<unknown>): Promise<void> {
  const ledger = await openLedger({ dataDir: inFolder('data'), botId: 'bot-1', nowMs: Date.now() });
  await work(Desk.on({ exchange, database: ledger.database }));
  await ledger.close();
}

const posts = (): number => exchange.journal.filter((entry) => entry.type === 'request' && entry.method === 'POST').length;

describe('reconcile and orders resolve, as they are typed', () => {
  it('F87 coins that left by hand: 3 until they are accepted, then 0, and the ledger is sound', async () => {
    await withHistory((desk) => desk.place(1, { quantity: '0.5' }));
    exchange.control({ command: 'balance', asset: 'BTC', delta: '-0.3' });
    expect(await run('reconcile')).toMatchObject({ code: 3, stdout: expect.stringMatching(/! RECONCILE.MISMATCH \(nothing is bought\)/) as string, stderr: '' });
    expect(await run('reconcile --accept --json --reason moved')).toMatchObject({ code: 0, stderr: expect.stringMatching(/^Taking 0.3 BTC out of the position of 0.4995: it becomes 0.1995, .* \(moved\)\nWritten: -0.3 BTC/) as string });
    expect(await run('reconcile')).toMatchObject({ code: 0, stdout: expect.stringMatching(/position {2}0.1995 BTC .*\n.*\nNothing stands against trading\n$/) as string });
    const { stdout } = await run('ledger --json');
    expect(JSON.parse(stdout)).toMatchObject({ orders: [{ fills: [{ qty: '0.5' }] }], cash: { BTC: '0.4995' }, adjustments: [{ symbol: 'BTC/USDT', quantity: '-0.3', reason: 'by_hand' }] });
    expect(await run('db check')).toMatchObject({ code: 0, stdout: expect.stringMatching(/^Sound: 1 fills/) as string });
    expect(posts()).toBe(1);
  }, 60_000);

  it('settles an order that nobody heard of, with the flags that are its own', async () => {
    await withHistory(async (desk) => {
      desk.strike({ match: ON_ORDER, times: 1, effect: { type: 'reset' } });
      await desk.place(1, { quantity: '0.5' });
    });
    const { code, stdout, stderr } = await run('orders resolve --json');
    expect({ code, orders: JSON.parse(stdout) as unknown }).toMatchObject({ code: 0, orders: [{ side: 'buy', state: 'FILLED', executed_quantity: '0.5' }] });
    expect(stderr).toMatch(/^1 order of unknown outcome/);
    expect(await run('orders resolve --limit 5')).toMatchObject({ code: 2, stderr: expect.stringMatching(/--limit: narrows the list of `orders`/) as string });
    expect(posts()).toBe(1);
  }, 60_000);

  it('F104 both end with 4 while a service has the ledger, and sign nothing', async () => {
    const service = await openLedger({ dataDir: inFolder('data'), botId: 'bot-1', nowMs: Date.now() });
    for (const verb of ['reconcile', 'reconcile --accept', 'orders resolve']) expect(await run(verb)).toMatchObject({ code: 4, stderr: expect.stringMatching(/^LOCK.HELD: /) as string });
    expect(exchange.journal.filter(({ type }) => type === 'request')).toEqual([]);
    await service.close();
  }, 60_000);
});
