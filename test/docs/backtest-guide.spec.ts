import { readFileSync, rmSync } from 'node:fs';

import { buildOnce, runCli, type CliRun } from '../support/cli.js';
import { newTemporaryFolder } from '../support/temporary-folder.js';

const guide = readFileSync('docs/BACKTEST_GUIDE.md', 'utf8');
const commands = [...guide.matchAll(/```sh\n([\s\S]*?)```/g)].flatMap(([, block]) => block.trim().split('\n'));
const folder = newTemporaryFolder();

function run(command: string): Promise<CliRun> {
  const [node, program, ...args] = [...command.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain);
  expect([node, program]).toEqual(['node', 'dist/cli']);
  return runCli(args, { folder, files: { 'settings/config.json': readFileSync('settings/config.json', 'utf8') } });
}

beforeAll(() => buildOnce(), 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('docs/BACKTEST_GUIDE.md', () => {
  // In the order of the page: what one leaves the next one shows.
  it.each(commands)('is right: %s', async (command) => {
    const { code, stdout, stderr } = await run(command);
    expect({ command, code, problem: code === 0 ? '' : stderr }).toEqual({ command, code: 0, problem: '' });
    expect(stdout + stderr).not.toBe('');
  });

  it('names every flag of a backtest', async () => {
    const { stdout } = await run('node dist/cli backtest --help');
    const flags = [...stdout.matchAll(/^ {2}(?:-\w, )?(--[a-z-]+)/gm)].map(([, flag]) => flag).filter((flag) => flag !== '--help');
    expect(flags.length).toBeGreaterThan(15);
    expect(flags.filter((flag) => !guide.includes(flag))).toEqual([]);
  });
});
