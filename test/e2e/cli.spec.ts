import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

import type { BacktestResult } from '../../src/backtest/backtest-result.js';
import { formatCandleCsv } from '../../src/data/candle-csv.js';
import { SyntheticMarket } from '../../src/exchange/synthetic-market.js';
import { buildOnce, foldersOfRuns, runCli, type CliRun, type CliSetting } from '../support/cli.js';

const SETTINGS = '{"strategy":{"name":"sma_cross","params":{"fast_window":2,"slow_window":4}}}';
const FILES = ['--config', '{dir}/settings.json', '--results-dir', '{dir}/results'];
/** Sixty days of hours, kept in a file as a download would have left them. */
const CANDLES = formatCandleCsv(new SyntheticMarket(3).candles('BTC/USDT', '1h', Date.UTC(2024, 0, 1), Date.UTC(2024, 2, 1)));
/** Colour as a terminal understands it. */
const COLOUR = '\u001B[';

const builtIn = (args: readonly string[], setting: CliSetting = {}): Promise<CliRun> =>
  runCli(['backtest', ...FILES, '--source', 'built-in', '--start', '2024-01-01', '--end', '2024-02-01', ...args], { files: { 'settings.json': SETTINGS }, ...setting });
const fromFile = (args: readonly string[], setting: CliSetting = {}): Promise<CliRun> =>
  runCli(['backtest', ...FILES, '--offline', '--data-dir', '{dir}/candles', ...args], { files: { 'settings.json': SETTINGS, 'candles/BTC_USDT_1h.csv': CANDLES }, ...setting });
const resultOf = (text: string): BacktestResult => JSON.parse(text) as BacktestResult;

beforeAll(() => {
  buildOnce();
}, 120_000);

afterAll(() => {
  for (const folder of foldersOfRuns()) rmSync(folder, { recursive: true, force: true });
});

describe('backtest on the command line', () => {
  it('prints a report, saves the result and says where', async () => {
    const { code, stdout, stderr, files, folder } = await builtIn([]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const [saved] = files.filter((name) => name.startsWith('results/'));
    expect(saved).toMatch(/^results\/backtest_sma_cross_\d{8}T\d{9}Z\.json$/);
    expect(stdout).toContain(saved.slice(0, 40));
    expect(resultOf(readFileSync(join(folder, saved), 'utf8')).manifest).toMatchObject({ strategy: 'sma_cross', source: 'built-in', real_data: false });
  });

  it('prints one JSON document with --json and nothing else, the very text that it saves', async () => {
    const { code, stdout, stderr, files, folder } = await fromFile(['--json', '--params', '{"slow_window":6}', '--start', '2024-01-20', '--end', '2024-02-01T12:00Z']);
    const { manifest, metrics, params, config } = resultOf(stdout);
    expect(code).toBe(0);
    expect(metrics).toMatchObject({ total_return: expect.any(Number), max_drawdown: expect.any(Number), total_trades: expect.any(Number) });
    expect(manifest).toMatchObject({ start_iso: '2024-01-20T00:00:00.000Z', end_iso: '2024-02-01T12:00:00.000Z', bars: 300, source: 'exchange', real_data: true, overridden_params: ['slow_window'] });
    expect([params, config['symbol']]).toEqual([{ fast_window: 2, slow_window: 6 }, 'BTC/USDT']);
    const [saved] = files.filter((name) => name.startsWith('results/'));
    expect(readFileSync(join(folder, saved), 'utf8')).toBe(stdout);
    expect(stderr).toBe(`Saved to ${join(folder, saved)}\n`);
  });

  it('gives the same result every time, from a plain file as from a compressed one', async () => {
    const [one, two] = await Promise.all([
      fromFile(['--json', '--no-save']),
      runCli(['backtest', ...FILES, '--offline', '--data-dir', '{dir}/candles', '--json', '--no-save'], { files: { 'settings.json': SETTINGS, 'candles/BTC_USDT_1h.csv.gz': gzipSync(CANDLES) } }),
    ]);
    // The folders differ, and the moments.
    const timeless = ({ stdout, folder }: CliRun): string => stdout.replaceAll(folder, '').replaceAll(/ *"created_at(_iso)?": .*\n/g, '');
    expect(resultOf(one.stdout).manifest.bars).toBe(60 * 24);
    expect(timeless(one)).toBe(timeless(two));
  });

  it('prints nothing with --quiet, and saves', async () => {
    const { code, stdout, files } = await builtIn(['--quiet']);
    expect([code, stdout, files.filter((name) => name.endsWith('.json')).length]).toEqual([0, '', 2]);
  });

  it('writes nothing with --no-save', async () => {
    const { code, stdout, stderr, files } = await builtIn(['--no-save']);
    expect({ code, stderr, files }).toEqual({ code: 0, stderr: '', files: ['settings.json'] });
    expect(stdout).toContain('sma_cross');
  });

  it('leaves what it reads as it was', async () => {
    const { files, folder } = await fromFile(['--quiet', '--no-save']);
    expect(files.filter((name) => name.endsWith('.csv') || name.endsWith('.json'))).toEqual(['candles/BTC_USDT_1h.csv', 'settings.json']);
    expect(readFileSync(join(folder, 'candles/BTC_USDT_1h.csv'), 'utf8')).toBe(CANDLES);
  });

  it('fails with exit code 1, and prints no result, where it cannot save', async () => {
    const { code, stdout, stderr, files } = await builtIn(['--json'], { files: { 'settings.json': SETTINGS, results: 'a file' } });
    expect({ code, stdout, files }).toEqual({ code: 1, stdout: '', files: ['results', 'settings.json'] });
    expect(stderr).toMatch(/^STORAGE\.WRITE: Cannot write .*: a file stands where a folder should be\n$/);
  });

  it('colours its report only where that is wanted', async () => {
    const wishes: readonly Record<string, string>[] = [{}, { FORCE_COLOR: '1' }, { FORCE_COLOR: '1', NO_COLOR: '1' }];
    const coloured = await Promise.all(wishes.map((env) => builtIn(['--no-save'], { env })));
    expect(coloured.map(({ stdout }) => stdout.includes(COLOUR))).toEqual([false, true, false]);
  });

  it('does not mind a reader who stops reading', async () => {
    const { code, stderr } = await builtIn(['--json', '--no-save', '--timeframe', '5m'], { readAtMost: 10 });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });

  it('loads neither the exchanges nor a database for candles that it has', async () => {
    // The engine's own list of every script it ran, ESM and CommonJS alike.
    const { code, files, folder } = await fromFile(['--no-save', '--quiet'], { env: { NODE_V8_COVERAGE: 'coverage' } });
    const reports = files.filter((name) => name.startsWith('coverage/')).map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as { result: { url: string }[] });
    const scripts = reports.flatMap(({ result }) => result.map(({ url }) => url));
    expect(code).toBe(0);
    expect(scripts).toContainEqual(expect.stringMatching(/dist\/backtest\/backtester\.service\.js$/));
    expect(scripts.filter((url) => /node_modules\/(ccxt|typeorm|better-sqlite3|sqlite3|hyparquet|fflate)\//.test(url))).toEqual([]);
  });
});

describe('config on the command line', () => {
  const setting: CliSetting = {
    files: { 'settings.json': SETTINGS, '.env': 'BOT_SYMBOL=ETH/USDT\nBOT_BACKTEST_FEE_RATE=0.002\nBINANCE_API_KEY=key-in-dot-env\n' },
    env: { BOT_BACKTEST_FEE_RATE: '0.003', BINANCE_API_SECRET: 'secret-of-the-environment' },
  };

  it('shows every setting with where it comes from, and that secrets are there, but never what they are', async () => {
    const runs = await Promise.all([runCli(['config', 'show', '--config', 'settings.json'], setting), runCli(['config', 'show', '--json', '--config', 'settings.json'], setting)]);
    for (const { code, stdout, stderr } of runs) {
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(stdout).not.toMatch(/secret-of-the-environment|key-in-dot-env/);
    }
    const rows = JSON.parse(runs[1].stdout) as { path: string; value: unknown; from: string }[];
    const row = (wanted: string): unknown[] => rows.filter(({ path }) => path === wanted).map(({ value, from }) => [value, from]);
    expect(row('strategy.params.fast_window')).toEqual([[2, 'settings.json']]);
    expect(row('symbol')).toEqual([['ETH/USDT', 'BOT_SYMBOL']]);
    expect(row('backtest.fee_rate')).toEqual([[0.003, 'BOT_BACKTEST_FEE_RATE']]);
    expect(row('timeframe')).toEqual([['1h', 'default']]);
    expect(row('BINANCE_API_KEY')).toEqual([['[set, hidden]', 'the environment']]);
    expect(row('BINANCE_API_SECRET')).toEqual([['[set, hidden]', 'the environment']]);
    expect(runs[0].stdout).toMatch(/^symbol +ETH\/USDT +BOT_SYMBOL$/m);
  });

  it('finds the settings file by flag, else by BOT_CONFIG, else in settings/', async () => {
    const files = { 'settings/config.json': '{"symbol":"A/A"}', 'b.json': '{"symbol":"B/B"}', 'c.json': '{"symbol":"C/C"}' };
    const runs = await Promise.all([runCli(['config', 'show'], { files, env: { BOT_CONFIG: '' } }), runCli(['config', 'show'], { files, env: { BOT_CONFIG: 'b.json' } }), runCli(['config', 'show', '--config', 'c.json'], { files, env: { BOT_CONFIG: 'b.json' } })]);
    expect(runs.map(({ stdout }) => /^symbol +(\S+) +(\S+)$/m.exec(stdout)?.slice(1))).toEqual([['A/A', 'settings/config.json'], ['B/B', 'b.json'], ['C/C', 'c.json']]);
  });

  it('prints the schema that lies beside the settings', async () => {
    const { code, stdout } = await runCli(['config', 'schema']);
    expect(code).toBe(0);
    expect(stdout).toBe(readFileSync(new URL('../../settings/config.schema.json', import.meta.url), 'utf8'));
  });
});

describe('the other commands', () => {
  it('list the strategies with their parameters, also as JSON', async () => {
    const [text, json] = await Promise.all([runCli(['strategies']), runCli(['strategies', '--json'])]);
    expect([text.code, json.code, text.stderr, json.stderr]).toEqual([0, 0, '', '']);
    const listed = JSON.parse(json.stdout) as { name: string; version: string; params: { name: string; default: unknown; law: string | null }[] }[];
    expect(listed.map(({ name }) => name)).toContain('sma_cross');
    expect(listed.find(({ name }) => name === 'sma_cross')?.params[0]).toMatchObject({ name: 'fast_window', type: 'integer', range: 'a whole number from 1 to 5000', default: 10, law: 'less than slow_window' });
    for (const { name, params } of listed) for (const field of [{ name }, ...params]) expect(text.stdout).toContain(field.name);
  });

  it.each([{ args: ['--help'] }, { args: ['backtest', '--help'] }, { args: ['config', '--help'] }])('explain themselves on $args with exit code 0', async ({ args }) => {
    const { code, stdout, stderr } = await runCli(args);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^Usage: /);
  });
});
