import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';

import { formatCandleCsv } from '../../src/data/candle-csv.js';
import { SyntheticMarket } from '../../src/exchange/synthetic-market.js';
import { buildOnce, runCli, type CliRun } from '../support/cli.js';
import { startCli } from '../support/running-cli.js';
import { useTemporaryFolder } from '../support/temporary-folder.js';

const inFolder = useTemporaryFolder();
const CANDLES = formatCandleCsv(new SyntheticMarket(3).candles('BTC/USDT', '1h', Date.UTC(2024, 0, 1), Date.UTC(2024, 1, 1)));

beforeAll(() => buildOnce(), 120_000);

beforeEach(() => {
  mkdirSync(inFolder('candles'));
  writeFileSync(inFolder('candles/BTC_USDT_1h.csv'), CANDLES);
  writeFileSync(inFolder('settings.json'), '{"strategy":{"name":"sma_cross","params":{"fast_window":2,"slow_window":5}}}');
});

async function cli(...args: string[]): Promise<Pick<CliRun, 'code' | 'stdout' | 'stderr'>> {
  return startCli([...args, '--config', inFolder('settings.json'), '--results-dir', inFolder('results')], inFolder(), null).end;
}
const backtest = (...args: string[]): ReturnType<typeof cli> => cli('backtest', '--offline', '--data-dir', inFolder('candles'), '--quiet', ...args);

describe('results on the command line', () => {
  it('are listed with their figures, as a table, as JSON and as CSV, best first by any of them', async () => {
    await backtest();
    await backtest('--params', 'fast_window=3');
    expect((await cli('results', 'list')).stdout.split('\n')).toHaveLength(2 + 2 + 1);
    const rows = JSON.parse((await cli('results', 'list', '--json', '--sort', 'max_drawdown')).stdout) as { max_drawdown: number; params: object }[];
    expect(rows).toHaveLength(2);
    expect(rows[0].max_drawdown).toBeLessThanOrEqual(rows[1].max_drawdown);
    expect((await cli('results', 'list', '--csv')).stdout.split('\n')[0]).toMatch(/^file,created_at,strategy,params,/);
    expect(await cli('results', 'list', '--sort', 'sharp')).toMatchObject({ code: 2, stderr: expect.stringContaining('Did you mean "sharpe"?') });
  });

  it('are shown again as they were when they were made', async () => {
    const { stdout } = await cli('backtest', '--offline', '--data-dir', inFolder('candles'));
    expect((await cli('results', 'show', 'latest')).stdout).toBe(stdout);
  });

  it('are put side by side, what differs in the settings first', async () => {
    await backtest();
    await backtest('--params', 'fast_window=3', '--fee', '0.002');
    const [newer, older] = readdirSync(inFolder('results')).filter((name) => name.endsWith('.json')).sort().reverse();
    const { stdout, code } = await cli('results', 'compare', newer, older);
    expect(code).toBe(0);
    expect(stdout).toMatch(/strategy\.params\.fast_window +3 +2\n/);
    expect(stdout).toMatch(/backtest\.fee_rate +0\.002 +0\.001\n/);
    expect(stdout.indexOf('fee_rate')).toBeLessThan(stdout.indexOf('sharpe'));
    expect(await cli('results', 'compare', newer)).toMatchObject({ code: 2, stderr: expect.stringContaining('needs two or more') });
  });

  it('are the same when they are run again', async () => {
    await backtest();
    expect(await cli('results', 'replay', 'latest')).toMatchObject({ code: 0, stdout: expect.stringMatching(/^identical: \d+ trades and 745 points of the curve of .+, to the last bit\n$/) });
  });

  it('name the candle that is no longer what it was', async () => {
    await backtest('--start', '2024-01-05');
    const path = inFolder('candles/BTC_USDT_1h.csv');
    const lines = readFileSync(path, 'utf8').split('\n');
    const row = lines.findIndex((line) => line.startsWith(String(Date.UTC(2024, 0, 20, 7))) || line.startsWith('2024-01-20T07:00') || line.startsWith('2024-01-20 07:00'));
    expect(row).toBeGreaterThan(0);
    const cells = lines[row].split(',');
    cells[5] = String(Number(cells[5]) + 1);
    lines[row] = cells.join(',');
    writeFileSync(path, lines.join('\n'));
    rmSync(inFolder('candles/BTC_USDT_1h.columns'), { force: true });
    expect(await cli('results', 'replay', 'latest')).toMatchObject({ code: 1, stdout: expect.stringContaining('the candle of 2024-01-20T07:00:00.000Z is no longer what it was') });
  });

  it('name the first number that comes out otherwise', async () => {
    await backtest();
    const [name] = readdirSync(inFolder('results')).filter((file) => file.startsWith('backtest_'));
    const path = inFolder(`results/${name}`);
    const saved = JSON.parse(readFileSync(path, 'utf8')) as { trades: { exit_price: number }[] };
    saved.trades[1].exit_price += 1;
    writeFileSync(path, JSON.stringify(saved));
    expect(await cli('results', 'replay', path)).toMatchObject({ code: 1, stdout: expect.stringMatching(/^not the same: trade 2 \(entry 2024-01-.+\), exit_price: saved \d+/) });
  });

  it('that are not there are missed in one line', async () => {
    expect(await cli('results', 'show', 'latest')).toMatchObject({ code: 2, stderr: expect.stringContaining('RESULT.NONE') });
    expect(await runCli(['results'])).toMatchObject({ code: 2, stderr: expect.stringContaining('needs one of: list, show, compare, replay') });
  });
});
