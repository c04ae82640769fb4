import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { buildOnce, runCli } from '../support/cli.js';

const GUIDE = /<!-- file: (\S+) -->\n```ts\n([\s\S]*?)```/.exec(readFileSync('docs/WRITING_A_STRATEGY.md', 'utf8'));

beforeAll(() => buildOnce(), 120_000);

describe('types of a folder of strategies', () => {
  it('are right in a new strategy and in that of the guide, and wrong words are found', async () => {
    const { folder } = await runCli(['strategy', 'new', 'my-idea', '--dir', 'my_strategies']);
    const compile = (): string => spawnSync('npx', ['tsc', '-p', join(folder, 'my_strategies')], { encoding: 'utf8' }).stdout;
    try {
      expect(compile()).toBe('');
      writeFileSync(join(folder, GUIDE?.[1] ?? ''), GUIDE?.[2] ?? '');
      expect(compile()).toBe('');
      writeFileSync(join(folder, GUIDE?.[1] ?? ''), (GUIDE?.[2] ?? '').replace("indicators.rsi('close'", "indicators.rsi('closing'"));
      expect(compile()).toMatch(/my-idea\.strategy\.ts\(\d+,\d+\): error TS2345: Argument of type '"closing"'/);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }, 300_000);
});
