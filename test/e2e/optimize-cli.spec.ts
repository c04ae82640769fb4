import { readdirSync, readFileSync, writeFileSync } from 'node:fs';

import { buildOnce, type CliRun } from '../support/cli.js';
import { startCli } from '../support/running-cli.js';
import { useTemporaryFolder } from '../support/temporary-folder.js';

const inFolder = useTemporaryFolder();
const SPACE = ['--space', 'fast_window=2..10:2,slow_window=12..36:6'];
const SEARCH = ['optimize', '--source', 'built-in', '--start', '2024-01-01', '--end', '2024-07-01', '--trials', '40', '--search-seed', '3'];

beforeAll(() => buildOnce(), 120_000);
beforeEach(() => writeFileSync(inFolder('settings.json'), '{"strategy":{"name":"sma_cross","params":{"fast_window":2,"slow_window":5}}}'));

function start(...args: string[]): ReturnType<typeof startCli> {
  return startCli([...args, '--config', inFolder('settings.json'), '--results-dir', inFolder('results')], inFolder(), null);
}
const cli = (...args: string[]): Promise<Pick<CliRun, 'code' | 'stdout' | 'stderr'>> => start(...args).end;
const journals = (): string[] => readdirSync(inFolder('results')).filter((name) => name.endsWith('.journal.jsonl'));

describe('optimize on the command line', () => {
  it('says what was found, what of it is luck, and how to use it', async () => {
    const { code, stdout } = await cli(...SEARCH, ...SPACE, '--workers', '1');
    expect(code).toBe(0);
    expect(stdout).toContain('grid, 25 trials');
    expect(stdout).toMatch(/Best by sharpe_daily: fast_window=\d+,slow_window=\d+/);
    expect(stdout).toContain('deflated Sharpe');
    expect(stdout).toContain('Verdict: ');
    expect(stdout).toMatch(/--params 'fast_window=\d+,slow_window=\d+'\n$/);
  });

  it('finds the same with one, two and four workers, byte for byte', async () => {
    const runs = [];
    for (const workers of ['1', '2', '4']) runs.push(await cli(...SEARCH, '--workers', workers, '--method', 'tpe', '--json'));
    expect(runs.map(({ code }) => code)).toEqual([0, 0, 0]);
    // The ledger of tries knows the first one by then, but not as an earlier search: it is the same.
    expect(runs[1].stdout).toBe(runs[0].stdout);
    expect(runs[2].stdout).toBe(runs[0].stdout);
  });

  it('keeps what is done when it is killed, and goes on to the same end', async () => {
    const whole = await cli(...SEARCH, '--workers', '1', '--method', 'tpe', '--json');
    await cli('trials', 'reset', '--all');
    const again = await cli(...SEARCH, '--workers', '1', '--method', 'tpe', '--json', '--resume', inFolder('none.jsonl'));
    expect(again).toMatchObject({ code: 2, stderr: expect.stringContaining('--resume: cannot read') });
    const { search, trials } = JSON.parse(whole.stdout) as { search: Record<string, unknown>; trials: { params: Record<string, number>; figures: Record<string, number | null> }[] };
    const { trials: _, real_data: __, ...header } = search;
    const lines = trials.slice(0, 11).map(({ params, figures }) => JSON.stringify([`${params['fast_window']} ${params['slow_window']}`, ...Object.values(figures)]));
    writeFileSync(inFolder('cut.jsonl'), `${JSON.stringify(header)}\n${lines.join('\n')}`.slice(0, -30));
    const resumed = await cli(...SEARCH, '--workers', '1', '--method', 'tpe', '--json', '--resume', inFolder('cut.jsonl'));
    expect(resumed.stderr).not.toContain('CONFIG');
    expect(resumed.stdout).toBe(whole.stdout);
  });

  it('stops at Ctrl-C with a journal, and refuses to go on with another search', async () => {
    const running = start(...SEARCH, '--start', '2021-01-01', '--timeframe', '1m', '--trials', '100000', '--method', 'random', '--workers', '1');
    await new Promise((resolve) => running.process.stderr?.once('data', resolve)); // the first round is done
    running.process.kill('SIGINT');
    const { code, stderr } = await running.end;
    expect(code).toBe(1);
    expect(stderr).toMatch(/Stopped after \d+ of 100000 trials\. Go on with .* --resume /);
    const [journal] = journals();
    expect(await cli(...SEARCH, '--resume', inFolder(`results/${journal}`))).toMatchObject({ code: 2, stderr: expect.stringContaining('belongs to another search') });
  });

  it('saves every trial as JSON and as CSV, and leaves no journal', async () => {
    const { stderr } = await cli(...SEARCH, ...SPACE, '--workers', '1', '--save');
    const [json, csv] = [...stderr.matchAll(/Saved to (\S+)/g)].map(([, path]) => readFileSync(path, 'utf8'));
    expect((JSON.parse(json) as { trials: unknown[] }).trials).toHaveLength(25);
    expect(csv.split('\n')).toHaveLength(1 + 25 + 1);
    expect(csv.split('\n')[0]).toMatch(/^number,fast_window,slow_window,refused,total_return,/);
    expect(journals()).toEqual([]);
  });

  it('prints the parameters alone for another command', async () => {
    const { stdout } = await cli(...SEARCH, ...SPACE, '--workers', '1', '--apply');
    expect(stdout).toMatch(/^--params 'fast_window=\d+,slow_window=\d+'\n$/);
  });

  it('ends with 1 and says why where no set counts', async () => {
    const { code, stdout } = await cli(...SEARCH, ...SPACE, '--workers', '1', '--min-trades', '5000');
    expect(code).toBe(1);
    expect(stdout).toContain('No parameter set counts: 25 had fewer than 5000 closed trades');
  });
});

describe('walk-forward on the command line', () => {
  it('tests window after window, sums up, and saves', async () => {
    const { code, stdout, stderr } = await cli('walk-forward', '--source', 'built-in', '--start', '2024-01-01', '--end', '2024-07-01', ...SPACE, '--workers', '1');
    expect(code).toBe(0);
    expect(stdout).toContain('8 windows, rolling');
    expect(stdout).toContain('t statistic');
    const saved = JSON.parse(readFileSync(/Saved to (\S+)/.exec(stderr)?.[1] ?? '', 'utf8')) as { windows: unknown[]; equity_curve: { equity: number }[] };
    expect(saved.windows).toHaveLength(8);
    expect(saved.equity_curve[0].equity).toBe(1);
  });
});
