import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { buildOnce, runCli, type CliRun } from '../support/cli.js';
import { newTemporaryFolder } from '../support/temporary-folder.js';

const SETTINGS = '{"strategy":{"name":"sma_cross","params":{"fast_window":2,"slow_window":4}},"storage":{"results_dir":"results"}}';
const folder = newTemporaryFolder();
const LEDGER = join(folder, 'results/trials.jsonl');

const cli = (...args: readonly string[]): Promise<CliRun> => runCli(args, { folder, files: { 'settings/config.json': SETTINGS } });
const backtest = (...args: readonly string[]): Promise<CliRun> => cli('backtest', '--source', 'built-in', '--start', '2024-01-01', '--end', '2024-03-01', ...args);
const counted = async (): Promise<{ strategy: string; what: string; tries: number }[]> => JSON.parse((await cli('trials', 'list', '--json')).stdout) as { strategy: string; what: string; tries: number }[];

beforeAll(() => buildOnce(), 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

// In this order: each works on what those before have left.
describe('the trial ledger on the command line', () => {
  it('counts nothing of what is not saved, and is told apart from an empty one', async () => {
    const { stdout } = await backtest('--no-save');
    expect(stdout).not.toContain('were tried');
    expect(existsSync(LEDGER)).toBe(false);
    expect((await cli('trials', 'list')).stdout).toBe('results/trials.jsonl counts no such try; every `backtest` that is saved adds one\n');
  });

  it('counts every set of parameters once, and measures the report against their number', async () => {
    expect((await backtest()).stdout).not.toContain('were tried');
    await backtest('--quiet');
    await backtest('--quiet', '--fee', '0');
    const { stdout, stderr, code } = await backtest('--params', 'fast_window=3');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout.replaceAll('\n', ' ')).toMatch(/2 sets of parameters were tried with this strategy on this market: the best of so many worthless ones would show .* \(deflated Sharpe ratio\)\./);
    expect((await counted()).map(({ what }) => what)).toEqual(['1h 2024-01-01 → 2024-03-01 fast_window=3 slow_window=4', '1h 2024-01-01 → 2024-03-01 fast_window=2 slow_window=4']);
  });

  it('shows the count, and what other costs would have made of it, with a saved result too', async () => {
    const { stdout, code } = await cli('results', 'show', 'latest');
    expect(code).toBe(0);
    expect(stdout.replaceAll('\n', ' ')).toContain('2 sets of parameters were tried');
    expect(stdout).toContain('Total return under other costs ─');
  });

  it('changes no byte of a result', async () => {
    const timeless = async (): Promise<string> => (await backtest('--json', '--no-save')).stdout.replaceAll(/ *"created_at(_iso)?": .*\n/g, '');
    const before = await timeless();
    const lines = readFileSync(LEDGER, 'utf8');
    rmSync(LEDGER);
    expect(await timeless()).toBe(before);
    writeFileSync(LEDGER, lines);
  });

  it('loses no result where it cannot be written, and says so', async () => {
    const lines = readFileSync(LEDGER, 'utf8');
    rmSync(LEDGER);
    mkdirSync(LEDGER);
    const { code, stdout, stderr } = await backtest();
    rmSync(LEDGER, { recursive: true });
    writeFileSync(LEDGER, lines);
    expect([code, stderr]).toEqual([0, '! Cannot read results/trials.jsonl (EISDIR), where tries are counted\n']);
    expect(stdout).toContain('Saved to results/backtest_sma_cross_');
  });

  it('forgets one strategy, or everything, and only when told which', async () => {
    const unnamed = await cli('trials', 'reset');
    expect([unnamed.code, unnamed.stderr]).toEqual([2, expect.stringContaining('or --strategy or --symbol is needed: which tries are to be forgotten?')]);
    expect((await cli('trials', 'reset', '--strategy', 'ema_cross')).stdout).toBe('Forgot 0 tries in results/trials.jsonl\n');
    expect(await counted()).toHaveLength(2);
    expect((await cli('trials', 'reset', '--all')).stdout).toBe('Forgot 2 tries in results/trials.jsonl\n');
    expect(await counted()).toEqual([]);
    expect((await cli('results', 'list', '--json')).stdout).toContain('sma_cross');
  });

  it('refuses what it does not know', async () => {
    expect(await cli('trials', 'rest')).toMatchObject({ code: 2, stderr: expect.stringContaining('trials: needs one of: list, reset, was rest') });
    expect(await cli('trials', 'reset', '--all', '--strategy', 'x')).toMatchObject({ code: 2, stderr: expect.stringContaining('cannot be used together with --strategy or --symbol') });
  });
});
