import { orderJson, reconciliationJson, reconciliationText, settledText } from '../../../src/commands/trading/reconciliation-text.js';
import { credentialsOf } from '../../../src/config/credentials.js';
import { resolveConfig } from '../../../src/config/resolve-config.js';
import type { DataHandler } from '../../../src/data/data-handler.js';
import type { Clock } from '../../../src/domain/clock.js';
import type { MarketClients } from '../../../src/exchange/market-client.js';
import { acceptMissing, missingCoins } from '../../../src/execution/accept-missing.js';
import { openTradingDesk, type TradingDesk } from '../../../src/execution/open-desk.js';
import type { Reconciliation } from '../../../src/execution/reconciliation.js';
import { resolveOrders } from '../../../src/execution/resolve-orders.js';
import type { OrderEntity } from '../../../src/persistence/entities/order.entity.js';
import { openLedger, type Ledger } from '../../../src/persistence/open-ledger.js';
import { TRADING_BOOK } from '../../support/execution/account.js';
import { Desk, ON_ORDER } from '../../support/execution/desk.js';
import { DEFAULT_KEY, DEFAULT_SECRET } from '../../support/exchange/config/config.js';
import { FakeBinance } from '../../support/exchange/fake-binance.js';
import type { Servers } from '../../support/exchange/transport/servers.js';
import { newOrder } from '../../support/ledger/orders.js';
import { useTemporaryFolder } from '../../support/temporary-folder.js';
import { VirtualClock } from '../../support/virtual-clock.js';

const inFolder = useTemporaryFolder();
const LIVE = { LIVE_TRADING_ACKNOWLEDGED: 'yes-real-money', BINANCE_API_KEY: DEFAULT_KEY, BINANCE_API_SECRET: DEFAULT_SECRET, ALLOW_LOOPBACK_EXCHANGE: '1' };

let exchange: FakeBinance;
let servers: Servers;

beforeEach(async () => {
  exchange = new FakeBinance({ symbols: ['BTCUSDT'], feed: { BTCUSDT: { volBps: 0 } }, balances: { USDT: '100000', BTC: '0' } });
  servers = await exchange.listen();
});

afterEach(() => servers.close());

/** Settings as a user would have them, live. */
const config = (): ReturnType<typeof resolveConfig>['config'] => resolveConfig({ name: 'settings', settings: { execution_mode: 'live', storage: { data_dir: inFolder() } } }, {}, []).config;

/** What the verbs do, on a clock that stands still but for what is waited for. */
async function atDesk<T>(work: (desk: TradingDesk, clock: Clock) => Promise<T>, env: Record<string, string> = {}): Promise<T> {
  const clock = new VirtualClock(exchange);
  const live = { ...LIVE, EXCHANGE_BASE_URL: servers.baseUrl, ...env };
  const ledger = (): Promise<Ledger> => openLedger({ dataDir: inFolder(), botId: 'bot-1', nowMs: clock.now(), create: false });
  const desk = await openTradingDesk({ config: config(), data: {} as DataHandler, markets: {} as MarketClients, env: live, credentials: () => credentialsOf(live), openLedger: ledger, clock, random: () => 0.5 });
  try {
    return await work(desk, clock);
  } finally {
    await desk.close();
  }
}

const look = (): Promise<{ readonly text: string; readonly state: Reconciliation }> =>
  atDesk(async ({ reconciler, book }, clock) => {
    const state = await reconciler.reconcile(clock.now());
    return { text: reconciliationText(book, state), state };
  });

async function resolve(): Promise<{ readonly orders: readonly OrderEntity[]; readonly said: string[] }> {
  const said: string[] = [];
  return { orders: await atDesk((desk, clock) => resolveOrders(desk, clock, (text) => said.push(text))), said };
}

/** A bot that ran here and ended. */
async function withHistory(work: (desk: Desk) => Promise<unknown>): Promise<void> {
  const ledger = await openLedger({ dataDir: inFolder(), botId: 'bot-1', nowMs: Date.now() });
  await work(Desk.on({ exchange, database: ledger.database }));
  await ledger.close();
}

const posts = (): number => exchange.journal.filter((entry) => entry.type === 'request' && entry.method === 'POST').length;
const asked = (): number => exchange.journal.filter(({ type }) => type === 'request').length;

describe('reconcile', () => {
  it('says what is held, what is there, and that nothing stands against trading', async () => {
    await withHistory((desk) => desk.place(1, { quantity: '0.5' }));
    const { text } = await look();
    expect(text.split('\n')).toEqual([
      expect.stringMatching(/^bot-1 live on binance, BTC\/USDT, at 2023-11-14T22:13:20(\.000)?Z \(this clock is equal\)$/),
      '  booked    nothing: the ledger was up to date',
      expect.stringMatching(/^ {2}position {2}0\.4995 BTC \(open\), cost [\d.]+ USDT; 0\.4995 can be sold$/),
      expect.stringMatching(/^ {2}account {3}0\.4995 BTC free, 0 locked; [\d.]+ USDT free$/),
      'Nothing stands against trading',
    ]);
    expect(posts()).toBe(1);
  });

  it('F87 what is missing is shown, and accepted at its cost with the words of who did it; then nothing stands any more', async () => {
    await withHistory((desk) => desk.place(1, { quantity: '0.5' }));
    exchange.control({ command: 'balance', asset: 'BTC', delta: '-0.3' });
    expect((await look()).text).toMatch(/\n! RECONCILE.MISMATCH \(nothing is bought\): .*`reconcile --accept`$/);
    const change = await atDesk(async (desk, clock) => {
      const state = await desk.reconciler.reconcile(clock.now());
      return acceptMissing(desk, missingCoins(state), state.serverTime, 'moved to the cold wallet');
    });
    expect(change).toMatchObject({ quantity: '-0.3', reason: 'by_hand', details: { why: 'moved to the cold wallet', free: '0.1995', locked: '0' } });
    const { state, text } = await look();
    expect(text).toMatch(/Nothing stands against trading$/);
    expect(reconciliationJson(TRADING_BOOK, state)).toMatchObject({ bot_id: 'bot-1', position: { quantity: '0.1995', holding: 'open' }, sellable: '0.1995', balances: { BTC: { free: '0.1995' } }, findings: [] });
  });

  it('accepts nothing where nothing is missing', async () => {
    await withHistory((desk) => desk.place(1, { quantity: '0.5' }));
    const { state } = await look();
    expect(() => missingCoins(state)).toThrow(expect.objectContaining({ exitCode: 3, code: 'RECONCILE.NOTHING_TO_ACCEPT' }));
  });

  it('F104 is refused with 4 while a service has the ledger, before anything is asked', async () => {
    const service = await openLedger({ dataDir: inFolder(), botId: 'bot-1', nowMs: Date.now() });
    await expect(look()).rejects.toMatchObject({ exitCode: 4, code: 'LOCK.HELD' });
    await expect(resolve()).rejects.toMatchObject({ exitCode: 4, code: 'LOCK.HELD' });
    expect(asked()).toBe(0);
    await service.close();
  });

  it('F99 is refused without the words and keys of live trading, and where no bot ever ran', async () => {
    await expect(look()).rejects.toMatchObject({ code: 'LEDGER.NONE' });
    await withHistory(async () => {});
    const nothing = async (): Promise<void> => {};
    await expect(atDesk(nothing, { BINANCE_API_SECRET: '' })).rejects.toMatchObject({ exitCode: 3, code: 'LIVE.KEY_MISSING' });
    await expect(atDesk(nothing, { LIVE_TRADING_ACKNOWLEDGED: 'yes' })).rejects.toMatchObject({ exitCode: 3, code: 'LIVE.NOT_ACKNOWLEDGED' });
    expect(asked()).toBe(0);
  });
});

describe('orders resolve', () => {
  const unheard = (phase: 'before' | 'after'): Promise<void> =>
    withHistory(async (desk) => {
      desk.strike({ match: ON_ORDER, times: 1, phase, effect: { type: 'reset' } });
      await desk.place(1, { quantity: '0.5' });
    });

  it('finds an order whose reply was lost, and books it', async () => {
    await unheard('after');
    const { orders, said } = await resolve();
    expect(said[0]).toMatch(/^1 order of unknown outcome/);
    expect(settledText(orders)).toMatch(/^buy 0.5 BTC\/USDT, FILLED \(tb-[a-z2-7]{26}\)/);
    expect(posts()).toBe(1);
  });

  it('waits through the quarantine of one that never arrived, and says what it waits for', async () => {
    await unheard('before');
    const began = exchange.now;
    const { orders, said } = await resolve();
    expect(orders.map(orderJson)).toMatchObject([{ side: 'buy', quantity: '0.5', executed_quantity: '0', state: 'ABSENT' }]);
    expect(said[1]).toMatch(/^\d+ s: Nobody knows yet what became of order/);
    expect(exchange.now - began).toBeGreaterThanOrEqual(45_000);
    expect(exchange.now - began).toBeLessThanOrEqual(120_000);
    expect(posts()).toBe(1);
  });

  it('has nothing to do where every outcome is known', async () => {
    await withHistory((desk) => desk.place(1, { quantity: '0.5' }));
    const { orders, said } = await resolve();
    expect(settledText(orders)).toBe('Nothing to resolve: the outcome of every order is known');
    expect(said).toEqual([]);
  });

  it('gives up after three minutes when the exchange does not tell, and leaves the order as it is', async () => {
    await unheard('before');
    exchange.control({ command: 'faults', rules: [{ match: { method: 'GET', path: '^/api/v3/order$' }, effect: { type: 'http', status: 502, body: 'no' } }] });
    const { orders } = await resolve();
    expect(orders.map(({ state }) => state)).toEqual(['UNKNOWN']);
    expect(posts()).toBe(1);
  });

  it('settles an intent that was never sent without asking anybody about it', async () => {
    await withHistory((desk) => desk.orders.plan(newOrder(1, { mode: 'live' }), exchange.now));
    const { orders } = await resolve();
    expect(orders.map(({ state }) => state)).toEqual(['NOT_SENT']);
    expect(posts()).toBe(0);
  });
});
