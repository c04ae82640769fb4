import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { strategyNames } from '../../src/commands/strategy/strategy-names.js';
import { specText, strategyText } from '../../src/commands/strategy/strategy-template.js';
import { Candles } from '../../src/domain/candles.js';
import { SyntheticMarket } from '../../src/exchange/synthetic-market.js';
import { ModuleFolder } from '../../src/files/module-folder.js';
import { KIT } from '../../src/strategy/user/user-strategies.js';
import { causality } from '../../src/verify/causality.js';
import { warmup } from '../../src/verify/warmup.js';
import { candles } from '../support/candle-builder.js';
import { buildOnce, foldersOfRuns, runCli, type CliRun } from '../support/cli.js';
import { strategyRegistry } from '../support/strategies.js';
import { newTemporaryFolder } from '../support/temporary-folder.js';

const NAMES = strategyNames('my-idea', []);
const INDEX = 'src/strategy/strategies/index.ts';
const folder = newTemporaryFolder();
writeFileSync(join(folder, 'my-idea.strategy.ts'), strategyText(NAMES, KIT));
const registry = await strategyRegistry();
registry.load(folder);

// Its own tests, registered here as they would be in a file of their own: without their imports, for there is no such place.
writeFileSync(join(folder, 'my-idea.strategy.spec.js'), specText(NAMES).replace(/await strategyRegistry\(\)/, 'strategyRegistry()'));
const given = { '../../../test/support/candle-builder.js': { candles }, '../../../test/support/strategies.js': { strategyRegistry: () => registry } };
new ModuleFolder(folder, given).load('my-idea.strategy.spec.js');

beforeAll(() => buildOnce(), 120_000);
afterAll(() => {
  for (const gone of [folder, ...foldersOfRuns()]) rmSync(gone, { recursive: true, force: true });
});

describe('a new strategy', () => {
  const from = Date.UTC(2024, 0, 1);
  const hours = Candles.of('BTC/USDT', '1h', new SyntheticMarket(1).candles('BTC/USDT', '1h', from, from + 2000 * 3_600_000));
  const bound = registry.bind('my_idea', {});

  it('knows no future, and needs no more than it says', () => {
    expect(causality(bound, hours, { cuts: 24 }).violations).toEqual([]);
    expect(warmup(bound, hours).smallest).not.toBeNull();
  });

  it('trades', () => {
    expect(bound.signals(hours).rows.length).toBeGreaterThan(10);
  });

  it('passes the linter with the rules of the source', () => {
    const lint = spawnSync('npx', ['oxlint', '--config', '.oxlintrc.json', '--deny-warnings', join(folder, 'my-idea.strategy.ts')], { encoding: 'utf8' });
    expect([lint.status, lint.stdout]).toEqual([0, expect.stringMatching(/0 warnings and 0 errors/)]);
  });
});

describe('strategy new', () => {
  const inSource = (args: readonly string[], files: Readonly<Record<string, string>> = {}): Promise<CliRun> => runCli(['strategy', 'new', ...args], { files: { [INDEX]: readFileSync(INDEX, 'utf8'), ...files } });

  it('writes strategy, test and registration into the source, and says what comes next', async () => {
    const { code, stderr, stdout, made, folder: at } = await inSource(['my-idea']);
    expect({ code, stderr, made }).toEqual({ code: 0, stderr: '', made: ['src/strategy/strategies/my-idea.strategy.spec.ts', 'src/strategy/strategies/my-idea.strategy.ts'] });
    expect(readFileSync(join(at, INDEX), 'utf8')).toContain('  MyIdeaStrategy,\n');
    expect(stdout).toContain('node dist/cli verify causality --source built-in --strategy my_idea\n');
  });

  it('overwrites nothing, and leaves the list alone then', async () => {
    const { code, stderr, made, folder: at } = await inSource(['my-idea'], { 'src/strategy/strategies/my-idea.strategy.ts': 'mine' });
    expect([code, made]).toEqual([1, []]);
    expect(stderr).toBe('STORAGE.EXISTS: src/strategy/strategies/my-idea.strategy.ts exists already and is never overwritten\n');
    expect(readFileSync(join(at, INDEX), 'utf8')).toBe(readFileSync(INDEX, 'utf8'));
  });

  it('S15 writes nowhere but where it says', async () => {
    const { code, stderr, made } = await inSource(['../../evil']);
    expect([code, made]).toEqual([2, []]);
    expect(stderr).toMatch(/name: must be words of small letters and digits/);
  });

  it('needs a folder outside of the source', async () => {
    const { code, stderr, made } = await runCli(['strategy', 'new', 'my-idea']);
    expect([code, made]).toEqual([2, []]);
    expect(stderr).toMatch(/index\.ts: does not exist here: run it in the project's own folder, or write into one of yours with --dir my_strategies/);
  });

  it('writes a second one beside the first, and the file for editors once', async () => {
    const first = await runCli(['strategy', 'new', 'one', '--dir', 'mine']);
    const at = first.folder;
    mkdirSync(join(at, 'mine'), { recursive: true });
    writeFileSync(join(at, 'mine/tsconfig.json'), '{}');
    const second = await runCli(['strategy', 'new', 'two', '--dir', 'mine'], { folder: at });
    expect([first.code, second.code, second.made]).toEqual([0, 0, ['mine/two.strategy.ts']]);
    expect(readdirSync(join(at, 'mine')).sort()).toEqual(['one.strategy.ts', 'tsconfig.json', 'two.strategy.ts']);
    expect(readFileSync(join(at, 'mine/tsconfig.json'), 'utf8')).toBe('{}');
  });

  it('is told from a verb that there is not', async () => {
    const { code, stderr } = await runCli(['strategy', 'nwe']);
    expect([code, stderr]).toEqual([2, expect.stringContaining('strategy: needs: new, was nwe')]);
  });
});
