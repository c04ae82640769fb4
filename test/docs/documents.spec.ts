import { readFileSync } from 'node:fs';

import { Test } from '@nestjs/testing';

import { BacktestModule } from '../../src/backtest/backtest.module.js';
import { BacktesterService, type TestedResult } from '../../src/backtest/backtester.service.js';
import { resolveConfig } from '../../src/config/resolve-config.js';
import { readSettingsFile } from '../../src/config/settings-file.js';
import { missionReport } from '../../src/report/mission-report.js';

const readme = readFileSync('README.md', 'utf8');

/** The run of `npm run demo`, on the settings that the project ships; made once. */
let made: Promise<TestedResult> | undefined;
const demo = (): Promise<TestedResult> => (made ??= run());

async function run(): Promise<TestedResult> {
  const app = await Test.createTestingModule({ imports: [BacktestModule] }).compile();
  await app.init();
  const flags = [{ flag: '--source', path: 'data.source', text: 'built-in' }];
  const { config } = resolveConfig({ name: 'settings/config.json', settings: readSettingsFile('settings/config.json') }, {}, flags);
  const tested = await app.get(BacktesterService).runWithCandles({ config, nowMs: Date.UTC(2026, 0, 1) });
  await app.close();
  return tested;
}

describe('README.md', () => {
  it('shows the strategy as it stands in the source', () => {
    const shown = /```ts\n([\s\S]*?)```/.exec(readme)?.[1] ?? 'no listing';
    const source = readFileSync('src/strategy/strategies/sma-cross.strategy.ts', 'utf8');
    const [head, ...members] = shown.trim().split('\n\n');
    expect(source).toContain(head);
    for (const member of members) expect(source).toContain(member.replace(/\n}$/, ''));
  });

  it('shows the very report that the demo prints (refresh it with: npm run docs)', async () => {
    const shown = /<!-- report: [^>]* -->\n```\n([\s\S]*?)```\n<!-- \/report -->/.exec(readme)?.[1];
    const { result, sensitivity } = await demo();
    expect(shown?.trimEnd()).toBe(missionReport(result, { color: false, savedTo: null, sensitivity: sensitivity() }).trimEnd());
  });

  it('names only commands and scripts that exist', () => {
    const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };
    for (const [, script] of readme.matchAll(/npm run ([a-z:]+)/g)) expect(Object.keys(scripts)).toContain(script);
  });
});

describe('docs/RESULT_FORMAT.md', () => {
  const page = readFileSync('docs/RESULT_FORMAT.md', 'utf8');

  /** Names in backticks in the first column of the table under a heading. */
  const namesUnder = (heading: string): string[] => {
    const section = page.split(/^## /m).find((part) => part.startsWith(heading)) ?? '';
    return [...section.matchAll(/^\| ((?:`[a-z_0-9]+`(?:, )?)+) \|/gm)].flatMap(([, cell]) => [...cell.matchAll(/`([a-z_0-9]+)`/g)].map(([, name]) => name));
  };
  const plain = (value: object): string[] => Object.keys(value).filter((name) => !name.endsWith('_iso'));

  it('describes exactly the keys that a result has', async () => {
    const { result } = await demo();
    expect(namesUnder('Top level').sort()).toEqual(plain(result).sort());
    expect(namesUnder('`manifest`').sort()).toEqual(plain(result.manifest).sort());
    expect(namesUnder('`metrics`').sort()).toEqual(plain(result.metrics).sort());
    expect(namesUnder('`trades`').sort()).toEqual(plain(result.trades[0]).sort());
  });
});
