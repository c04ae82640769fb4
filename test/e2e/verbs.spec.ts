import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

import { VERBS } from '../../src/commands/command-groups.js';
import { buildOnce, runCli } from '../support/cli.js';

const GROUPS = new URL('../../dist/commands/command-groups.js', import.meta.url);

/** Names of the commands of each verb's group, as the framework knows them; the library cannot be loaded in here. */
function commandsOf(verbs: readonly string[]): Record<string, string[]> {
  const script = `
    import 'reflect-metadata';
    import { groupFor } from ${JSON.stringify(GROUPS.href)};
    const names = {};
    for (const verb of ${JSON.stringify(verbs)}) {
      const { commands } = await groupFor([verb, '--json']);
      names[verb] = commands.map((command) => Reflect.getMetadata('CommandBuilder:Command:Meta', command)?.name).filter((name) => name !== undefined);
    }
    console.log(JSON.stringify(names));`;
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8', cwd: fileURLToPath(new URL('../..', import.meta.url)) });
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout) as Record<string, string[]>;
}

beforeAll(() => buildOnce(), 120_000);

describe('the verbs of the command line', () => {
  it('are each led to the group that holds their command, and a backtest loads no other', () => {
    const found = commandsOf([...VERBS, '--help']);
    for (const verb of VERBS) expect(found[verb]).toContain(verb);
    expect(found['backtest']).toEqual(['backtest']);
    expect([...new Set(found['--help'])].sort()).toEqual([...VERBS].sort());
  });

  it('are all named by the help, and by what is said to a word that is none', async () => {
    const [help, misspelt] = await Promise.all([runCli(['--help']), runCli(['backtset'])]);
    expect(help.code).toBe(0);
    for (const verb of VERBS) expect(help.stdout).toMatch(new RegExp(`^  ${verb}\\b`, 'm'));
    expect(misspelt).toMatchObject({ code: 2, stderr: expect.stringContaining('backtest') });
  });
});
