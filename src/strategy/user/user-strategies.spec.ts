import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';

import type { DiscoveryService } from '@nestjs/core';

import { candles } from '../../../test/support/candle-builder.js';
import { useTemporaryFolder } from '../../../test/support/temporary-folder.js';
import { StrategyRegistry } from '../strategy.registry.js';

const file = useTemporaryFolder();

const HEAD = "import { IntegerField, Strategy, type Candles, type SignalFrame } from 'trading-bot/kit';\nexport class Params { @IntegerField({ doc: 'Bars.', min: 1, max: 9 }) window = 2; }\n";
const OPTIONS = "{ name: 'mine', summary: 'Mine.', version: '1', params: Params }";
const BODY = 'signals: new Int8Array(c.length).fill(1), indicators: {}';

function strategy({ options = OPTIONS, warmup = 'return p.window;', body = `return { ${BODY} };` } = {}): string {
  return `${HEAD}@Strategy(${options})\nexport class Mine {\n  warmupBars(p: Params): number { ${warmup} }\n  generateSignals(c: Candles): SignalFrame { ${body} }\n}\n`;
}

function registryWith(files: Readonly<Record<string, string>>): StrategyRegistry {
  mkdirSync(file('mine'), { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(file(`mine/${name}`), text, { mode: 0o644 });
  const registry = new StrategyRegistry({ getProviders: () => [] } as unknown as DiscoveryService);
  registry.load(file('mine'));
  return registry;
}

describe('strategies of a user', () => {
  const market = candles().closes(1, 2, 3).build();

  it('are bound, checked and asked like every other one, and say what was loaded', () => {
    const registry = registryWith({ 'mine.strategy.ts': strategy(), 'notes.txt': 'x', 'helper.ts': 'export const x = (' });
    const bound = registry.bind('mine', { window: 3 });
    expect(bound).toMatchObject({ name: 'mine', version: '1', params: { window: 3 }, warmupBars: 3, sha256: registry.get('mine').sha256 });
    expect([registry.get('mine').file, bound.sha256]).toEqual(['mine.strategy.ts', expect.stringMatching(/^[0-9a-f]{64}$/)]);
    expect([...bound.signals(market).values]).toEqual([1, 1, 1]);
    expect(() => registry.bind('mine', { window: 10 })).toThrow('mine: window must be a whole number from 1 to 9, was 10');
  });

  it('are loaded once for a folder, and by the settings', () => {
    const registry = registryWith({ 'mine.strategy.ts': strategy() });
    registry.load(file('mine'));
    registry.load(undefined);
    expect(registry.names()).toEqual(['mine']);
    expect(registry.bindConfigured({ name: 'mine', params: {}, path: file('mine') }, '1h').warmupBars).toBe(2);
  });

  it.each([
    { why: 'a folder without any', files: { 'mine.ts': strategy() }, says: /holds no file whose name ends in \.strategy\.ts/ },
    { why: 'a file without one', files: { 'mine.strategy.ts': 'export const x = 1;' }, says: /mine\.strategy\.ts exports no class with @Strategy/ },
    { why: 'one that is not exported', files: { 'mine.strategy.ts': strategy().replace('export class Mine', 'class Mine') }, says: /exports no class with @Strategy/ },
    { why: 'one that wants to be given something', files: { 'mine.strategy.ts': strategy().replace('class Mine {', 'class Mine { constructor(readonly exchange: object) {}') }, says: /has the strategy Mine with a constructor that asks for 1 things/ },
    { why: 'one without a version', files: { 'mine.strategy.ts': strategy({ options: "{ name: 'mine', summary: 'Mine.', params: Params }" }) }, says: /lacks in @Strategy: version/ },
    { why: 'one without a method', files: { 'mine.strategy.ts': strategy().replace('generateSignals', 'generateSignal') }, says: /has a strategy mine without generateSignals\(\)/ },
    { why: 'a name that cannot be typed', files: { 'mine.strategy.ts': strategy({ options: "{ name: '../mine', summary: 'Mine.', version: '1', params: Params }" }) }, says: /Mine: the name must be snake_case/ },
    { why: 'a name twice', files: { 'a.strategy.ts': strategy(), 'b.strategy.ts': strategy() }, says: /the name "mine" belongs to Mine already/ },
  ])('are refused with their reason: $why', ({ files, says }) => {
    expect(() => registryWith(files as unknown as Record<string, string>)).toThrow(says);
  });

  it('S15 are not loaded from where everybody may write', () => {
    registryWith({ 'mine.strategy.ts': strategy() });
    chmodSync(file('mine'), 0o777);
    const registry = new StrategyRegistry({ getProviders: () => [] } as unknown as DiscoveryService);
    expect(() => registry.load(file('mine'))).toThrow(expect.objectContaining({ code: 'STRATEGY.INVALID', exitCode: 2, message: expect.stringMatching(/^strategy\.path: .*mine may be written by everybody/) }));
  });

  it('F102 cannot change the candles of anybody else', () => {
    const bound = registryWith({ 'mine.strategy.ts': strategy({ body: `(c.close as Float64Array).fill(9); (c.missing as Uint8Array)[0] = 1; return { ${BODY} };` }) }).bind('mine', {});
    bound.frame(market);
    bound.signals(market);
    expect([[...market.close], [...market.missing]]).toEqual([[1, 2, 3], [0, 0, 0]]);
  });

  it('F102 fail in one sentence with the line of the file', () => {
    const bound = registryWith({ 'mine.strategy.ts': strategy({ body: '\n    return (c as unknown as { none: { x: SignalFrame } }).none.x;' }) }).bind('mine', {});
    expect(() => bound.frame(market)).toThrow(/^mine: TypeError: Cannot read properties of undefined \(reading 'x'\) \(.*mine\.strategy\.ts:\d+:\d+\)$/);
    expect(() => bound.signals(market)).toThrow(expect.objectContaining({ code: 'STRATEGY.FRAME' }));
  });

  it.each(['return -1;', 'return 1.5;', 'return Infinity;', 'return "2" as unknown as number;'])('must say how many bars they need: %s', (warmup) => {
    expect(() => registryWith({ 'mine.strategy.ts': strategy({ warmup }) }).bind('mine', {})).toThrow(/^mine: warmupBars must be a whole number, 0 or more, was /);
  });
});
