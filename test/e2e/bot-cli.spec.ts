import { spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';

import { buildOnce } from '../support/cli.js';
import { DEFAULT_KEY, DEFAULT_SECRET } from '../support/exchange/config/config.js';
import { FakeBinance } from '../support/exchange/fake-binance.js';
import type { Servers } from '../support/exchange/transport/servers.js';
import { startCli, type CliEnd, type RunningCli } from '../support/running-cli.js';
import { useTemporaryFolder } from '../support/temporary-folder.js';

const inFolder = useTemporaryFolder();
const DIST = fileURLToPath(new URL('../../dist/', import.meta.url));
const PAPER = { data: { source: 'built-in' }, timeframe: '1m', strategy: { name: 'sma_cross', params: { fast_window: 2, slow_window: 4 } } };

beforeAll(() => buildOnce(), 120_000);

function settings(values: object): void {
  writeFileSync(inFolder('settings.json'), JSON.stringify(values));
}

beforeEach(() => settings(PAPER));

const start = (args: readonly string[], baseUrl: string | null = null, env: Readonly<Record<string, string>> = {}): RunningCli => startCli([...args, '--config', inFolder('settings.json')], inFolder(), baseUrl, env);
const run = (args: readonly string[], baseUrl: string | null = null, env: Readonly<Record<string, string>> = {}): Promise<CliEnd> => start(args, baseUrl, env).end;
const json = async (args: readonly string[], baseUrl: string | null = null, env: Readonly<Record<string, string>> = {}): Promise<Record<string, unknown>> => JSON.parse((await run([...args, '--json'], baseUrl, env)).stdout) as Record<string, unknown>;

/** The service that was started has ended its first tick. */
async function untilTicked(): Promise<void> {
  const beat = (): string => (existsSync(inFolder('data/heartbeat.json')) ? readFileSync(inFolder('data/heartbeat.json'), 'utf8') : '');
  for (let waited = 0; !/"phase":"running".*"last_tick":\{/.test(beat()); waited += 20) {
    if (waited > 50_000) throw new Error(`The service did not tick: ${beat()}`);
    await sleep(20);
  }
}

/** The little program that a container asks. */
function healthcheck(): Promise<number | null> {
  return new Promise((resolve) => void spawn(process.execPath, [`${DIST}healthcheck.js`], { cwd: inFolder(), env: { PATH: process.env['PATH'] ?? '' }, stdio: 'ignore' }).on('close', resolve));
}

describe('the bot on the command line', () => {
  it('ticks once, says in one line what it did, and tells the story of it afterwards', async () => {
    const first = await run(['tick']);
    expect([first.code, first.stderr]).toEqual([0, '']);
    expect(first.stdout).toMatch(/^BTC\/USDT 1m bar .* says (buy|sell|nothing) \(fast .*, slow .*\): .*; (flat|long .*); \d+ ms\n$/);
    const { last_decision: last, state, service } = (await json(['status'])) as { last_decision: { candle_open_time: number; reason: string }; state: object; service: object };
    expect([state, service]).toMatchObject([{ level: 'ACTIVE' }, { healthy: false }]);
    const why = await run(['why', '--at', new Date(last.candle_open_time).toISOString()]);
    expect(why.stdout).toContain(last.reason);
    expect(why.stdout).toContain('the same from the same candles');
    expect((await run(['why', '--at', '2001-01-01'])).code).toBe(2);
  });

  it('F70 F104 runs until it is told to stop; meanwhile it lives, nobody else may tick, and questions are answered', async () => {
    const service = start(['run', '--interval', '1']);
    await untilTicked();
    expect(await healthcheck()).toBe(0);
    const other = await run(['tick']);
    expect([other.code, other.stderr]).toEqual([4, expect.stringMatching(/^LOCK\.HELD: /)]);
    expect(await json(['status'])).toMatchObject({ service: { healthy: true }, state: { level: 'ACTIVE' } });
    const asked = Date.now();
    service.process.kill('SIGTERM');
    const end = await service.end;
    expect([end.code, Date.now() - asked < 8000]).toEqual([0, true]);
    expect([await healthcheck(), JSON.parse(readFileSync(inFolder('data/heartbeat.json'), 'utf8'))]).toMatchObject([1, { phase: 'stopped' }]);
    for (const line of end.stdout.trim().split('\n')) expect(JSON.parse(line)).toMatchObject({ context: 'Bot' });
  });

  it('F72 F73 is killed, and the next start takes its place', async () => {
    const service = start(['run', '--interval', '1']);
    await untilTicked();
    service.process.kill('SIGKILL');
    expect((await service.end).signal).toBe('SIGKILL');
    expect((await run(['tick'])).code).toBe(0);
  });

  it('F73 writes down what nobody expected, and ends with 1', async () => {
    writeFileSync(inFolder('bug.mjs'), `setTimeout(() => void Promise.reject(new Error('a bug of a test')), 3000);\n`);
    const end = await run(['run', '--interval', '1'], null, { NODE_OPTIONS: `--import ${inFolder('bug.mjs')}` });
    expect([end.code, end.stderr]).toEqual([1, expect.stringContaining('a bug of a test')]);
    expect(JSON.parse(readFileSync(inFolder('data/heartbeat.json'), 'utf8'))).toMatchObject({ phase: 'failed' });
    expect((await run(['tick'])).code).toBe(0);
  });

  it('F96 goes on with the settings that it began with, whatever becomes of the file', async () => {
    const service = start(['run', '--interval', '1']);
    await untilTicked();
    writeFileSync(inFolder('settings.json'), '{"data":');
    const ticks = (): string => (JSON.parse(readFileSync(inFolder('data/heartbeat.json'), 'utf8')) as { last_tick: { at: string } }).last_tick.at;
    const before = ticks();
    for (let waited = 0; ticks() === before && waited < 20_000; waited += 50) await sleep(50);
    expect(ticks() > before).toBe(true);
    service.process.kill('SIGTERM');
    expect((await service.end).code).toBe(0);
    expect((await run(['tick'])).code).toBe(2);
  });

  it('F51 F55 is ended by its watchdog when its loop stands still', async () => {
    const program = inFolder('hang.mjs');
    writeFileSync(program, `import { Watchdog } from ${JSON.stringify(`${DIST}schedule/watchdog.js`)};\nnew Watchdog(1);\nsetTimeout(() => { for (;;); }, 200);\n`);
    const hung = spawn(process.execPath, [program], { stdio: ['ignore', 'ignore', 'pipe'] });
    let said = '';
    hung.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
    const signal = await new Promise((resolve) => void hung.on('close', (_, by) => resolve(by)));
    expect([signal, said]).toEqual(['SIGKILL', expect.stringMatching(/^WATCHDOG: the event loop has not turned for 1 s/)]);
  });

  it('sends nothing after `halt`, and ends with 3 to say so', async () => {
    await run(['tick']);
    expect((await run(['halt', '--reason', 'a test'])).code).toBe(0);
    const tick = await run(['tick']);
    expect([tick.code, tick.stdout]).toEqual([3, expect.stringContaining('HALTED')]);
    expect((await run(['resume', '--reason', 'over'])).code).toBe(0);
    expect((await run(['tick'])).code).toBe(0);
  });

  it.each<[string, Readonly<Record<string, string>>, string]>([
    ['nobody has acknowledged', {}, 'LIVE.NOT_ACKNOWLEDGED'],
    ['has no key', { LIVE_TRADING_ACKNOWLEDGED: 'yes-real-money' }, 'LIVE.KEY_MISSING'],
  ])('F99 refuses live trading that %s, before it touches anything', async (_, env, code) => {
    settings({ ...PAPER, data: {} });
    for (const verb of [['tick'], ['run'], ['close-position', '--yes']]) {
      const { code: exit, stderr } = await run([...verb, '--mode', 'live'], null, env);
      expect([exit, stderr.split(':')[0]]).toEqual([3, code]);
    }
    expect(existsSync(inFolder('data'))).toBe(false);
  });

  it('wants to hear --yes before it sells by hand, and says what it cannot use', async () => {
    expect((await run(['close-position'])).code).toBe(2);
    expect((await run(['run', '--interval', '0'])).stderr).toContain('--interval: must be a whole number');
    expect((await run(['run', '--mode', 'both'])).code).toBe(2);
  });
});

describe('the live bot against an exchange over HTTP', () => {
  const KEYS = { LIVE_TRADING_ACKNOWLEDGED: 'yes-real-money', BINANCE_API_KEY: DEFAULT_KEY, BINANCE_API_SECRET: DEFAULT_SECRET };
  let exchange: FakeBinance;
  let servers: Servers;

  beforeEach(async () => {
    exchange = new FakeBinance({ now: 'wall', symbols: ['BTCUSDT'], balances: { USDT: '10000' }, feed: { BTCUSDT: { historyMs: 30 * 60_000 } } });
    servers = await exchange.listen();
    settings({ execution_mode: 'live', timeframe: '1m', strategy: { name: 'buy_and_hold' }, risk: { max_price_deviation_bps: 0 } });
  });

  afterEach(() => servers.close());

  it('buys once, sells by hand, and its ledger equals the exchange', async () => {
    const tick = await json(['tick'], servers.baseUrl, KEYS);
    expect(tick).toMatchObject({ mode: 'live', level: 'ACTIVE', outcome: 'traded', reason: 'SIGNAL.BUY' });
    const sold = await json(['close-position', '--yes'], servers.baseUrl, KEYS);
    expect(sold).toMatchObject({ outcome: 'traded', reason: 'EXIT.OPERATOR', position: { holding: 'dust' } });
    const ledger = await json(['ledger'], servers.baseUrl, KEYS);
    expect(exchange.control({ command: 'assert', name: 'ledgerEqual', args: { ledger } } as never)).toMatchObject({ ok: true });
  });

  it('F99 I14 on paper signs nothing, though the keys are there', async () => {
    const { code } = await run(['tick', '--mode', 'paper'], servers.baseUrl, KEYS);
    expect(code).toBe(0);
    expect(exchange.control({ command: 'assert', name: 'noSignedInPaper' } as never)).toMatchObject({ ok: true });
    expect(exchange.journal.filter((entry) => entry.type === 'request').length).toBeGreaterThan(0);
  });
});
