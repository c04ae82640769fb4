import { chmodSync, readFileSync, writeFileSync } from 'node:fs';

import { buildOnce } from '../support/cli.js';
import { DEFAULT_KEY, DEFAULT_SECRET } from '../support/exchange/config/config.js';
import { FakeBinance } from '../support/exchange/fake-binance.js';
import type { Servers } from '../support/exchange/transport/servers.js';
import { startCli, type CliEnd } from '../support/running-cli.js';
import { secretsIn } from '../support/secrets.js';
import { useTemporaryFolder } from '../support/temporary-folder.js';

const inFolder = useTemporaryFolder();
const KEYS = { BINANCE_API_KEY: DEFAULT_KEY, BINANCE_API_SECRET: DEFAULT_SECRET };
const ACKNOWLEDGED = { LIVE_TRADING_ACKNOWLEDGED: 'yes-real-money' };

let exchange: FakeBinance;
let servers: Servers;

beforeAll(() => buildOnce(), 120_000);

beforeEach(async () => {
  exchange = new FakeBinance({ symbols: ['BTCUSDT'], now: 'wall', mode: 'anchored' });
  servers = await exchange.listen();
});

afterEach(() => servers.close());

function run(args: readonly string[], { settings = {}, env = {} }: { settings?: object; env?: Record<string, string> } = {}): Promise<CliEnd> {
  writeFileSync(inFolder('settings.json'), JSON.stringify(settings));
  return startCli([...args, '--config', inFolder('settings.json')], inFolder(), servers.baseUrl, env).end;
}

const signed = (): number => exchange.journal.filter((entry) => entry.type === 'request' && entry.signed).length;
const stops = (text: string): string[] => (JSON.parse(text) as { stops_live: { code: string }[] }).stops_live.map(({ code }) => code);

describe('exchange check', () => {
  it('says with exit code 0 that nothing stands against live when nothing does', async () => {
    const { code, stdout, stderr } = await run(['exchange', 'check'], { settings: { execution_mode: 'live' }, env: { ...KEYS, ...ACKNOWLEDGED } });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/Market {2}trading, price in steps of 0\.01 USDT, quantity in steps of 0\.00001 BTC/);
    expect(stdout).toMatch(/Nothing stands against live\.\n$/);
    expect(stdout).toContain(servers.baseUrl);
    expect(exchange.journal.filter((entry) => entry.type === 'request' && entry.method !== 'GET')).toEqual([]);
  });

  it('says with exit code 3 what would stop it, when there are keys', async () => {
    exchange.control({ command: 'faults', rules: [{ match: { path: 'apiRestrictions' }, effect: { type: 'mutate', jsonPath: '$.enableWithdrawals', value: true } }] });
    const { code, stdout } = await run(['exchange', 'check', '--json'], { env: KEYS });
    expect([code, stops(stdout)]).toEqual([3, ['LIVE.NOT_CONFIGURED', 'LIVE.NOT_ACKNOWLEDGED', 'LIVE.WITHDRAWALS_ALLOWED']]);
  });

  it('works without keys, signs nothing, and says what it could not look at', async () => {
    const { code, stdout } = await run(['exchange', 'check', '--json']);
    const check = JSON.parse(stdout) as { not_looked_at: string[]; rules: object; book: object; permissions: null };
    expect([code, check.permissions, check.not_looked_at.length, signed()]).toEqual([0, null, 2, 0]);
    expect(check.rules).toMatchObject({ status: 'trading', min_notional: '5' });
    expect(stops(stdout)).toContain('LIVE.KEY_MISSING');
  });

  it('ends with 1 when the exchange is away and there is no key, with 3 when there is one', async () => {
    await servers.close();
    const [keyless, keyed] = await Promise.all([run(['exchange', 'check']), run(['exchange', 'check'], { env: { ...KEYS, ...ACKNOWLEDGED } })]);
    expect([keyless.code, keyed.code]).toEqual([1, 3]);
    for (const { stdout } of [keyless, keyed]) expect(stdout).toMatch(/EXCHANGE\.UNAVAILABLE: .*ECONNREFUSED/);
  });

  it('takes the keys from files that only their owner reads, and refuses others', async () => {
    writeFileSync(inFolder('key'), `${DEFAULT_KEY}\n`, { mode: 0o400 });
    writeFileSync(inFolder('secret'), `${DEFAULT_SECRET}\n`, { mode: 0o644 });
    const env = { BINANCE_API_KEY_FILE: inFolder('key'), BINANCE_API_SECRET_FILE: inFolder('secret'), ...ACKNOWLEDGED };
    const refused = await run(['exchange', 'check'], { settings: { execution_mode: 'live' }, env });
    expect([refused.code, refused.stdout, signed()]).toEqual([2, '', 0]);
    expect(refused.stderr).toContain(`has mode 0644: only its owner may read it. Run: chmod 400 ${inFolder('secret')}`);
    chmodSync(inFolder('secret'), 0o600);
    const taken = await run(['exchange', 'check'], { settings: { execution_mode: 'live' }, env });
    expect([taken.code, taken.stderr]).toEqual([0, '']);
    expect(signed()).toBeGreaterThan(0);
    const shown = await run(['config', 'show'], { env });
    expect(shown.stdout).toMatch(/^BINANCE_API_KEY +\[set, hidden\] +the file that BINANCE_API_KEY_FILE names$/m);
    // They lie there on purpose; whoever looks for leaks afterwards must not find them.
    for (const name of ['key', 'secret']) {
      expect(secretsIn(readFileSync(inFolder(name)))).toHaveLength(1);
      chmodSync(inFolder(name), 0o600);
      writeFileSync(inFolder(name), '');
    }
  });

  it('needs to be told what to look at', async () => {
    const { code, stderr } = await startCli(['exchange'], inFolder(), null).end;
    expect([code, stderr]).toEqual([2, expect.stringContaining('needs one of: check')]);
  });
});

describe('secrets on the command line', () => {
  it.each([
    ['a flag for them', ['exchange', 'check', '--api-key', 'abc'], '--api-key: looks like a secret'],
    ['a secret as a value', ['backtest', '--symbol', DEFAULT_SECRET], 'word 3 of the command line: looks like a secret'],
    ['a secret as a word', [DEFAULT_KEY], 'word 1 of the command line: looks like a secret'],
    ['a secret among parameters', ['backtest', '--params', `a=${DEFAULT_SECRET}`], 'word 3 of the command line: looks like a secret'],
    ['a parameter of that name', ['backtest', '--params', 'api_secret=abc'], '--params (strategy.params.api_secret): looks like a secret'],
  ])('are refused with exit code 2: %s', async (_, args, says) => {
    writeFileSync(inFolder('settings.json'), '{}');
    const { code, stdout, stderr } = await startCli(args, inFolder(), null, { BOT_CONFIG: inFolder('settings.json'), ...KEYS }).end;
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(says);
  });

  it('are refused in the settings and in variables, too', async () => {
    const [file, variable] = [await run(['backtest'], { settings: { strategy: { params: { api_key: 'abc' } } } }), await run(['backtest'], { env: { BOT_SYMBOL: DEFAULT_SECRET } })];
    expect([file.code, variable.code]).toEqual([2, 2]);
    expect(file.stderr).toContain('strategy.params.api_key: looks like a secret');
    expect(variable.stderr).toContain('BOT_SYMBOL: looks like a secret');
  });
});
