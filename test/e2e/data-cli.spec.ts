import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

import { buildOnce } from '../support/cli.js';
import { FakeBinance } from '../support/exchange/fake-binance.js';
import type { Servers } from '../support/exchange/transport/servers.js';
import { filesOf } from '../support/folder-files.js';
import { MarketDataBench } from '../support/market-data-bench.js';
import { startCli, type CliEnd, type RunningCli } from '../support/running-cli.js';
import { useTemporaryFolder } from '../support/temporary-folder.js';

const inFolder = useTemporaryFolder();
const HOUR = 3_600_000;
const SETTINGS = '{"exchange":{"timeout_seconds":5},"strategy":{"name":"sma_cross","params":{"fast_window":5,"slow_window":20}}}';
/** Fifty days of hours, or four days of minutes; all closed by the clock of the exchange. */
const HOURS = ['--timeframe', '1h', '--start', '2023-09-25', '--end', '2023-11-14'];
const MINUTES = ['--timeframe', '1m', '--start', '2023-11-10', '--end', '2023-11-14'];
const FROM = Date.UTC(2023, 10, 10);
const CANDLES = 4 * 24 * 60;

let exchange: FakeBinance;
let servers: Servers;

beforeAll(() => buildOnce(), 120_000);

beforeEach(() => {
  writeFileSync(inFolder('settings.json'), SETTINGS);
});

afterEach(() => servers.close());

async function open(stepMs: number, days: number): Promise<void> {
  exchange = new FakeBinance({ symbols: ['BTCUSDT'], historyRows: 10_000, feed: { BTCUSDT: { stepMs, historyMs: days * 24 * HOUR } } });
  servers = await exchange.listen();
}

function start(args: readonly string[], folder = 'candles'): RunningCli {
  mkdirSync(inFolder(folder), { recursive: true });
  return startCli([...args, '--config', inFolder('settings.json'), '--data-dir', inFolder(folder)], inFolder(), servers.baseUrl);
}

const run = (args: readonly string[], folder?: string): Promise<CliEnd> => start(args, folder).end;
const pagesAsked = (): number[] => exchange.journal.flatMap((entry) => (entry.type === 'request' && entry.path.endsWith('klines') ? [Number(entry.params['startTime'])] : []));
const rowsOf = (folder = 'candles'): number => readFileSync(inFolder(`${folder}/BTC_USDT_1m.csv`), 'utf8').trim().split('\n').length - 1;
const filesIn = (folder: string): Readonly<Record<string, string>> => Object.fromEntries(Object.entries(filesOf(inFolder(folder))).filter(([name]) => !name.endsWith('.columns')));

/** Every page takes a moment, so that there is a middle of the download. */
function slow(): void {
  exchange.control({ command: 'faults', rules: [{ match: { path: 'klines' }, effect: { type: 'latency', ms: 200 } }] });
}

async function untilPages(count: number): Promise<void> {
  for (let waited = 0; pagesAsked().length < count; waited += 10) {
    if (waited > 50_000) throw new Error(`Only ${pagesAsked().length} pages were asked for`);
    await sleep(10);
  }
}

/** What a download leaves that nothing came in the way of. */
async function cleanFiles(): Promise<Readonly<Record<string, string>>> {
  exchange.control({ command: 'clearFaults' });
  await new MarketDataBench(inFolder('clean'), { exchange, timeframe: '1m' }).fetch(FROM, FROM + CANDLES * 60_000);
  return filesIn('clean');
}

describe('candles on the command line', () => {
  beforeEach(() => open(HOUR / 2, 55));

  it('are downloaded, listed, examined and traded on', async () => {
    const download = await run(['data', 'download', ...HOURS]);
    expect([download.code, download.stdout]).toEqual([0, '']);
    expect(download.stderr).toMatch(/BTC\/USDT 1h: 1,200 candles added to /);
    const [list, doctor, backtest, again] = await Promise.all([
      run(['data', 'list']),
      run(['data', 'doctor']),
      run(['backtest', '--offline', '--timeframe', '1h', '--no-save', '--json']),
      run(['data', 'download', ...HOURS]),
    ]);
    expect([list.code, list.stderr]).toEqual([0, '']);
    expect(list.stdout).toMatch(/BTC\/USDT {2}1h {5}1200 {2}2023-09-25 {2}2023-11-14 {2}none/);
    expect([doctor.code, doctor.stdout]).toEqual([0, expect.stringMatching(/BTC_USDT_1h\.csv: CLEAN \(1h, 1200 rows, 2023-09-25 to 2023-11-13 23:00\)/)]);
    expect(backtest.code).toBe(0);
    expect(JSON.parse(backtest.stdout)).toMatchObject({ manifest: { source: 'exchange', symbol: 'BTC/USDT', bars: 1200 } });
    expect(again.stderr).toMatch(/BTC\/USDT 1h: 0 candles added to /);
    expect(pagesAsked()).toHaveLength(2);
  });

  it('are refused with a symbol that leads out of the folder', async () => {
    for (const symbol of ['../../etc/passwd', 'BTC/../../USDT', 'BTC/USDT_x', '/BTC/USDT']) {
      const { code, stderr } = await run(['data', 'download', '--symbol', symbol, ...HOURS]);
      expect([code, stderr]).toEqual([2, expect.stringContaining('symbol')]);
    }
    expect(filesOf(inFolder('candles'))).toEqual({});
  });

  it('are told of when the exchange has none', async () => {
    const { code, stderr } = await run(['data', 'download', '--symbol', 'NO/PE', ...HOURS]);
    expect([code, stderr.trim().split('\n').at(-1)]).toEqual([1, expect.stringMatching(/^EXCHANGE\.REFUSED: binance: .*no such market/)]);
  });
});

describe('a download that is cut off', () => {
  beforeEach(async () => {
    await open(HOUR / 60, 5);
    slow();
  });

  it('because the exchange went away ends with a clear message, keeps what it has, and goes on when it is back', async () => {
    const first = start(['data', 'download', ...MINUTES]);
    await untilPages(3);
    await servers.close();
    const { code, stderr } = await first.end;
    expect([code, stderr.trim().split('\n').at(-1)]).toEqual([1, expect.stringMatching(/^EXCHANGE\.UNAVAILABLE: binance: reading .* failed \(NetworkError, ECONNREFUSED\)$/)]);
    expect(stderr).toMatch(/waiting 1 s: binance: reading .* failed/);
    const kept = rowsOf();
    expect(kept).toBeGreaterThanOrEqual(1999);
    expect(kept).toBeLessThan(CANDLES);
    servers = await exchange.listen();
    const before = pagesAsked().length;
    exchange.control({ command: 'clearFaults' });
    expect((await run(['data', 'download', ...MINUTES])).stderr).toContain(`${(CANDLES - kept).toLocaleString('en-US')} candles added`);
    expect(pagesAsked()[before]).toBe(FROM + (kept - 1) * 60_000); // the last one it had, to compare
    expect(filesIn('candles')).toEqual(await cleanFiles());
  });

  it('by Ctrl-C ends with a clear message, keeps what it has, and goes on', async () => {
    const first = start(['data', 'download', ...MINUTES]);
    await untilPages(2);
    first.process.kill('SIGINT');
    const { code, signal, stderr } = await first.end;
    expect([code, signal, stderr.trim().split('\n').at(-1)]).toEqual([1, null, 'INTERRUPTED: Interrupted; what was fetched so far is kept, and the same command goes on from there']);
    const kept = rowsOf();
    expect([1000, 1999]).toContain(kept);
    exchange.control({ command: 'clearFaults' });
    expect((await run(['data', 'download', ...MINUTES])).code).toBe(0);
    expect(filesIn('candles')).toEqual(await cleanFiles());
  });

  it('by kill -9 leaves nothing that the next one does not put right', async () => {
    const first = start(['data', 'download', ...MINUTES]);
    await untilPages(3);
    first.process.kill('SIGKILL');
    expect(await first.end).toMatchObject({ signal: 'SIGKILL' });
    exchange.control({ command: 'clearFaults' });
    expect((await run(['data', 'download', ...MINUTES])).code).toBe(0);
    expect(rowsOf()).toBe(CANDLES);
    expect(filesIn('candles')).toEqual(await cleanFiles());
  });

  it('by a second one of the same candles loses nothing', async () => {
    const ended = await Promise.all([run(['data', 'download', ...MINUTES]), run(['data', 'download', ...MINUTES])]);
    expect(ended.map(({ code }) => code)).toEqual([0, 0]);
    expect(filesIn('candles')).toEqual(await cleanFiles());
  });
});

describe('an exchange that answers with nonsense', () => {
  beforeEach(() => open(HOUR / 60, 5));

  it('is refused with exit code 2, and the files stay as they were', async () => {
    await run(['data', 'download', '--timeframe', '1m', '--start', '2023-11-10', '--end', '2023-11-10T05:00Z']);
    const before = filesIn('candles');
    exchange.control({ command: 'faults', rules: [{ match: { path: 'klines' }, effect: { type: 'klines', op: 'set', index: 7, field: 'close', value: 'NaN' } }] });
    const { code, stderr } = await run(['data', 'download', ...MINUTES]);
    expect([code, stderr.trim().split('\n').at(-1)]).toEqual([2, expect.stringMatching(/^DATA\.INVALID: The exchange's answer for BTC\/USDT 1m is refused: row \d+ has close undefined; expected a number$/)]);
    expect(filesIn('candles')).toEqual(before);
  });
});
