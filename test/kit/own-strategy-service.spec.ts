import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';

import { strategyNames } from '../../src/commands/strategy/strategy-names.js';
import { strategyText } from '../../src/commands/strategy/strategy-template.js';
import { KIT } from '../../src/strategy/user/user-strategies.js';
import { buildOnce } from '../support/cli.js';
import { startCli } from '../support/running-cli.js';
import { useTemporaryFolder } from '../support/temporary-folder.js';

const inFolder = useTemporaryFolder();
const TEXT = strategyText(strategyNames('my-idea', []), KIT);
const SHA256 = createHash('sha256').update(TEXT).digest('hex');
const SETTINGS = { data: { source: 'built-in' }, timeframe: '1m', strategy: { name: 'my_idea', path: 'mine', params: { window: 5 } } };

beforeAll(() => buildOnce(), 120_000);
beforeEach(() => {
  mkdirSync(inFolder('mine'));
  writeFileSync(inFolder('mine/my-idea.strategy.ts'), TEXT, { mode: 0o644 });
  writeFileSync(inFolder('settings.json'), JSON.stringify(SETTINGS));
});

const run = (...args: readonly string[]): ReturnType<typeof startCli> => startCli([...args, '--config', 'settings.json'], inFolder(), null);

describe('a strategy of a user in the bot', () => {
  it('decides as the settings name it, and its decision can be told again', async () => {
    const tick = await run('tick').end;
    expect([tick.code, tick.stderr]).toEqual([0, '']);
    expect(tick.stdout).toMatch(/says (buy|sell|nothing) \(average /);
    expect((await run('why', '--at', '2100-01-01').end).stdout).toContain('the same from the same candles');
  });

  it('S15 stands in the first lines of the log with its SHA-256', async () => {
    const service = run('run', '--interval', '1');
    const heard = (async (): Promise<void> => {
      for await (const text of service.process.stdout ?? []) if (String(text).includes('trades BTC/USDT')) return void service.process.kill('SIGTERM');
    })();
    const { stdout } = await service.end;
    await heard;
    expect(stdout).toContain(`by my_idea {\\"window\\":5,\\"distance\\":1} (mine, SHA-256 ${SHA256})`);
  });

  it('S15 keeps the bot from starting where everybody may write; nothing was opened', async () => {
    chmodSync(inFolder('mine'), 0o777);
    const { code, stderr } = await run('tick').end;
    expect([code, stderr]).toEqual([2, expect.stringMatching(/^STRATEGY\.INVALID: strategy\.path: mine may be written by everybody; take that away with: chmod o-w "mine"\n$/)]);
    expect(existsSync(inFolder('data'))).toBe(false);
  });

  it('is kept able to run by an installation without development packages', () => {
    const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as { packages: Record<string, { dev?: boolean }> };
    expect(packages['node_modules/typescript']).toMatchObject({ version: expect.any(String) });
    expect(packages['node_modules/typescript'].dev).toBeUndefined();
  });
});
