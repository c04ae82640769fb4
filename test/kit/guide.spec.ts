import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { buildOnce, runCli, type CliRun } from '../support/cli.js';
import { newTemporaryFolder } from '../support/temporary-folder.js';

const guide = readFileSync('docs/WRITING_A_STRATEGY.md', 'utf8');
const SETTINGS = '{"storage":{"results_dir":"results"}}';
const folder = newTemporaryFolder();
const FILE = 'my_strategies/my-idea.strategy.ts';

/** What a page tells to do, in its order: a command to run, or a file to write. */
type Step = { readonly run: string } | { readonly write: string; readonly text: string };

const steps: Step[] = [...guide.matchAll(/<!-- file: (\S+) -->\n```ts\n([\s\S]*?)```|```sh\n([\s\S]*?)```/g)].flatMap(([, file, text, commands]): Step[] =>
  file === undefined ? commands.trim().split('\n').map((run) => ({ run })) : [{ write: file, text }],
);
const listing = steps.flatMap((step) => ('write' in step ? [step.text] : [])).join('');

/** As a shell would split it; the page quotes with ' only. */
function cli(command: string): Promise<CliRun> {
  const [node, program, ...args] = [...command.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain);
  expect([node, program]).toEqual(['node', 'dist/cli']);
  return runCli(args, { folder, files: { 'settings/config.json': SETTINGS } });
}

beforeAll(() => buildOnce(), 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('docs/WRITING_A_STRATEGY.md', () => {
  it('has commands and a strategy', () => {
    expect([steps.filter((step) => 'run' in step).length, steps.filter((step) => 'write' in step).length]).toEqual([8, 1]);
  });

  // In the order of the page: one works in what the one before has left.
  it.each(steps.map((step): [string, Step] => ['run' in step ? step.run : `the file ${step.write}`, step]))('is right: %s', async (_, step) => {
    if ('write' in step) {
      writeFileSync(join(folder, step.write), step.text);
      return;
    }
    const { code, stdout, stderr } = await cli(step.run);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('my');
  });

  it('tells what becomes visible of a file: its parameters and its SHA-256, in the list and in the result', async () => {
    const { stdout } = await cli('node dist/cli strategies --strategy-path my_strategies --json');
    const mine = (JSON.parse(stdout) as { name: string; file: string; sha256: string; params: { name: string }[] }[]).find(({ name }) => name === 'my_idea');
    expect(mine).toMatchObject({ file: FILE, sha256: expect.stringMatching(/^[0-9a-f]{64}$/), params: [{ name: 'rsi_window' }, { name: 'buy_below' }, { name: 'sell_above' }, { name: 'trend_days' }] });
    const run = await cli('node dist/cli backtest --source built-in --strategy my_idea --strategy-path my_strategies --no-save --json');
    expect((JSON.parse(run.stdout) as { manifest: { strategy_sha256: string } }).manifest.strategy_sha256).toBe(mine?.sha256);
  });

  it('takes the folder from the environment as from the flag', async () => {
    const named = await runCli(['strategies', '--json'], { folder, files: { 'settings/config.json': SETTINGS }, env: { BOT_STRATEGY_PATH: 'my_strategies' } });
    expect(named.stdout).toBe((await cli('node dist/cli strategies --strategy-path my_strategies --json')).stdout);
  });

  it('counts what was tried: the strategy as it was written, the changed file, and other parameters', async () => {
    const { stdout } = await cli('node dist/cli trials list --json');
    expect((JSON.parse(stdout) as { strategy: string; tries: number }[]).map(({ strategy, tries }) => [strategy, tries])).toEqual([['my_idea', 1], ['my_idea', 1]]);
  });

  it('runs a saved result again, and names the file when it is another one by then', async () => {
    expect((await cli('node dist/cli results replay latest')).stdout).toMatch(/^identical: /);
    writeFileSync(join(folder, FILE), listing.replace('rsi[row], sellAbove', 'rsi[row], sellAbove + 5'));
    const { code, stdout } = await cli('node dist/cli results replay latest');
    expect([code, stdout]).toEqual([1, expect.stringMatching(/^not the same: .*\n\(the file of the strategy has changed since\)\n$/)]);
  });

  it('shows what a cheat looks like', async () => {
    const [, before, after, says] = /<!-- cheat: (.*) → (.*) -->\n```\n(.*)\n```/.exec(guide) ?? [];
    expect(listing).toContain(before);
    writeFileSync(join(folder, FILE), listing.replace(before, after));
    const { code, stdout } = await cli('node dist/cli verify causality --source built-in --strategy my_idea --strategy-path my_strategies');
    expect([code, stdout.slice(0, says.length)]).toEqual([1, says]);
    expect(stdout).toMatch(/signals of bar \d+/);
  });
});
