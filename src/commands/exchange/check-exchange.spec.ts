import { VirtualClock } from '../../../test/support/virtual-clock.js';
import { FakeBinance, type FakeConfig } from '../../../test/support/exchange/fake-binance.js';
import { DEFAULT_KEY, DEFAULT_SECRET } from '../../../test/support/exchange/config/config.js';
import type { Effect } from '../../../test/support/exchange/faults/effect.js';
import { fetchFor } from '../../../test/support/exchange/in-process.js';
import { BotConfig } from '../../config/bot-config.js';
import { Secret } from '../../domain/secret.js';
import { openTradingClient } from '../../exchange/trading-clients.js';
import type { LiveRequest } from '../../execution/live-keys.js';
import { checkExchange, type ExchangeCheck } from './check-exchange.js';
import { checkDocument, checkReport } from './check-report.js';

const SECRETS = { apiKey: Secret.of(DEFAULT_KEY), secret: Secret.of(DEFAULT_SECRET), password: null };
const LIVE: LiveRequest = { executionMode: 'live', exchange: 'binance', env: { LIVE_TRADING_ACKNOWLEDGED: 'yes-real-money' }, credentials: SECRETS };

interface Setting {
  readonly fake?: FakeConfig;
  readonly effects?: readonly { readonly path: string; readonly effect: Effect }[];
  readonly changes?: (config: BotConfig) => void;
  readonly live?: Partial<LiveRequest>;
  readonly keyless?: boolean;
  readonly clockJumpMs?: number;
}

async function look({ fake = {}, effects = [], changes, live = {}, keyless = false, clockJumpMs = 0 }: Setting = {}): Promise<{ check: ExchangeCheck; config: BotConfig; exchange: FakeBinance }> {
  const exchange = new FakeBinance({ symbols: ['BTCUSDT'], ...fake });
  exchange.control({ command: 'faults', rules: effects.map(({ path, effect }) => ({ match: { path }, effect })) });
  const config = new BotConfig();
  changes?.(config);
  const client = await openTradingClient({
    exchange: 'binance',
    credentials: SECRETS,
    timeoutMs: 5000,
    recvWindowMs: 5000,
    environment: 'production',
    baseUrl: 'http://127.0.0.1:1',
    fetch: fetchFor(exchange),
    milliseconds: () => exchange.now,
  });
  const clock = new VirtualClock(exchange);
  clock.jump(clockJumpMs);
  const account = keyless ? null : client;
  const check = await checkExchange({ config, live: { ...LIVE, ...live }, market: client, account, origin: account?.origin ?? null, clock });
  return { check, config, exchange };
}

const codes = (found: readonly { code: string }[]): string[] => found.map(({ code }) => code);

describe('checkExchange', () => {
  it('finds nothing against live where nothing is, and sends no order', async () => {
    const { check, exchange, config } = await look();
    expect(check).toMatchObject({
      exchange: 'binance',
      environment: 'production',
      origin: 'http://127.0.0.1:1',
      clock: { offsetMs: 0 },
      rules: { status: 'trading', lotStep: '0.00001', minNotional: '5' },
      permissions: { canTrade: true, canWithdraw: false, ipRestricted: true },
      freeQuote: '10000',
      unseen: [],
      warnings: [],
      obstacles: [],
    });
    expect(check.spreadBps).toBeGreaterThan(0);
    const requests = exchange.journal.filter((entry) => entry.type === 'request');
    expect([requests.every(({ method }) => method === 'GET'), requests.some(({ signed }) => signed)]).toEqual([true, true]);
    expect(checkReport(check, config)).toMatch(/^binance · production · http:\/\/127\.0\.0\.1:1 · BTC\/USDT\n[^]*Key {5}can trade, cannot withdraw, cannot transfer, bound to addresses[^]*\nNothing stands against live\.\n$/);
    expect(checkDocument(check, config)).toMatchObject({ live_could_start: true, stops_live: [], free_quote: '10000', rules: { min_notional: '5' } });
  });

  it('says what it could not look at without a key, signs nothing, and names the keys that are missing', async () => {
    const { check, config, exchange } = await look({ keyless: true, live: { executionMode: 'paper', env: {}, credentials: { apiKey: null, secret: null, password: null } } });
    expect([check.permissions, check.freeQuote, check.origin]).toEqual([null, null, null]);
    expect(check.rules?.status).toBe('trading');
    expect(check.unseen).toEqual(['what the key may do: no key and secret are set', 'the balances: no key and secret are set']);
    expect(codes(check.obstacles)).toEqual(['LIVE.NOT_CONFIGURED', 'LIVE.NOT_ACKNOWLEDGED', 'LIVE.KEY_MISSING', 'LIVE.KEY_MISSING']);
    expect(exchange.journal.filter((entry) => entry.type === 'request').map(({ signed }) => signed)).not.toContain(true);
    expect(checkReport(check, config)).toMatch(/Key {5}not seen[^]*Not looked at\n {2}- what the key may do[^]*What would stop a live start\n {2}- LIVE\.NOT_CONFIGURED: /);
  });

  it.each<[string, Setting, string]>([
    ['F82 a key that can withdraw', { fake: { keys: [{ restrictions: { enableWithdrawals: true } }] } }, 'LIVE.WITHDRAWALS_ALLOWED'],
    ['a key that cannot trade', { fake: { keys: [{ perms: ['USER_DATA'] }] } }, 'LIVE.TRADING_NOT_ALLOWED'],
    ['a key that is not active', { fake: { keys: [{ active: false }] } }, 'EXCHANGE.AUTH'],
    ['a secret of another key', { fake: { keys: [{ secret: 'T'.repeat(64) }] } }, 'EXCHANGE.AUTH'],
    ['an exchange that is away', { effects: [{ path: '.', effect: { type: 'reset' } }] }, 'EXCHANGE.UNAVAILABLE'],
    ['an order book that cannot be read', { effects: [{ path: 'ticker', effect: { type: 'replace', kind: 'html' } }] }, 'EXCHANGE.UNAVAILABLE'],
    ['a market that is halted', { fake: { symbols: ['BTCUSDT'] }, effects: [{ path: 'time', effect: { type: 'symbol', symbol: 'BTCUSDT', status: 'HALT' } }] }, 'MARKET.NOT_TRADING'],
    ['a market that is not there', { changes: (config) => (config.symbol = 'NO/PE') }, 'MARKET.NOT_TRADING'],
    ['a clock that is minutes off', { clockJumpMs: 61_000 }, 'CLOCK.OFFSET'],
    ['a position below the least order', { changes: (config) => (config.risk.maxPositionSizeUsd = 4) }, 'SIZE.BELOW_MINIMUM'],
    ['no acknowledgement', { live: { env: {} } }, 'LIVE.NOT_ACKNOWLEDGED'],
  ])('sees that %s would stop it', async (_, setting, code) => {
    const { check, config } = await look(setting);
    expect(codes(check.obstacles)).toContain(code);
    expect(checkReport(check, config)).toContain(`  - ${code}: `);
    expect(checkDocument(check, config)).toMatchObject({ live_could_start: false });
  });

  it.each<[string, Setting, string]>([
    ['a key that works from everywhere', { fake: { keys: [{ restrictions: { ipRestrict: false } }] } }, 'LIVE.NOT_IP_BOUND'],
    ['a key that can withdraw, as its owner wants', { fake: { keys: [{ restrictions: { enableWithdrawals: true } }] }, live: { env: { ...LIVE.env, LIVE_ALLOW_WITHDRAWALS: 'yes-i-know' } } }, 'LIVE.WITHDRAWALS_OVERRIDDEN'],
    ['a clock that is seconds off', { clockJumpMs: -2000 }, 'CLOCK.OFFSET'],
    ['a wide spread', { fake: { book: { halfSpreadTicks: 30_000 } } }, 'BOOK.WIDE'],
    ['too little money', { fake: { balances: { USDT: '99.99' } } }, 'FUNDS.SHORT'],
  ])('warns of %s, which stops nothing', async (_, setting, code) => {
    const { check, config } = await look(setting);
    expect([codes(check.warnings), codes(check.obstacles)]).toEqual([[code], []]);
    expect(checkReport(check, config)).toContain(`  ! ${code}: `);
  });
});
