import { rmSync } from 'node:fs';

import { buildOnce, foldersOfRuns, runCli, type CliRun } from '../support/cli.js';
import { BAD_CANDLES, BAD_COMMANDS, BAD_FLAGS, BAD_SETTINGS, withCandles, withSettings, type BadInput } from './bad-inputs.js';

/** One message of our own: a code that programs can read, then words. */
const MESSAGE = /^(CONFIG|STRATEGY|DATA|USAGE)(\.[A-Z]+)?: \S/;

function itRefuses(inputs: readonly BadInput[], given: (input: BadInput) => Promise<CliRun>): void {
  const runs = new Map<BadInput, Promise<CliRun>>();
  beforeAll(() => {
    buildOnce();
    for (const input of inputs) runs.set(input, given(input));
  });

  it.each(inputs)('$why', async (input) => {
    const { code, stdout, stderr, made } = await (runs.get(input) as Promise<CliRun>);
    expect(stderr).toMatch(input.says);
    expect({ code, stdout, made }).toEqual({ code: 2, stdout: '', made: [] });
    expect(stderr).toMatch(MESSAGE);
    expect(stderr.match(new RegExp(MESSAGE, 'gm'))).toHaveLength(1);
    expect(stderr).not.toMatch(/^ +at /m);
  }, 60_000);
}

afterAll(() => {
  for (const folder of foldersOfRuns()) rmSync(folder, { recursive: true, force: true });
});

describe('the command line refuses, with exit code 2, one message and nothing written', () => {
  it('no command, with the usage in place of a message', async () => {
    const { code, stdout, stderr } = await runCli([]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^Usage: [^]*backtest[^]*strategies/);
  });

  describe('usage:', () => itRefuses(BAD_COMMANDS, ({ args = [] }) => runCli(args)));
  describe('flags:', () => itRefuses(BAD_FLAGS, (input) => withSettings(input)));
  describe('settings:', () => itRefuses(BAD_SETTINGS, (input) => withSettings(input)));
  describe('candle files:', () => itRefuses(BAD_CANDLES, (input) => withCandles(input)));
});
