import { readFileSync } from 'node:fs';

import { withStrategy } from './register-strategy.js';
import { strategyNames } from './strategy-names.js';
import { strategyText, tsconfigText } from './strategy-template.js';

const INDEX = readFileSync('src/strategy/strategies/index.ts', 'utf8');

describe('strategyNames', () => {
  it.each([
    { text: 'my-idea', names: { name: 'my_idea', file: 'my-idea', type: 'MyIdea' } },
    { text: 'my_idea', names: { name: 'my_idea', file: 'my-idea', type: 'MyIdea' } },
    { text: 'x', names: { name: 'x', file: 'x', type: 'X' } },
    { text: 'rsi2-dip', names: { name: 'rsi2_dip', file: 'rsi2-dip', type: 'Rsi2Dip' } },
  ])('makes the names of $text', ({ text, names }) => expect(strategyNames(text, [])).toEqual(names));

  it.each(['', 'My-Idea', '../x', 'my idea', '-x', 'x-', 'a--b', '2x', 'x/y', 'x.strategy', 'ä', 'a'.repeat(42), '__proto__', "x'"])('S15 refuses %j', (text) => {
    expect(() => strategyNames(text, [])).toThrow(`name: must be words of small letters and digits with - between them, up to 41 letters, e.g. my-idea; was ${JSON.stringify(text)}`);
  });

  it('refuses the name of one that there is', () => {
    expect(() => strategyNames('sma-cross', ['sma_cross'])).toThrow('name: belongs to a strategy that there is already: sma_cross');
  });
});

describe('the list of strategies with one more', () => {
  it.each([
    { text: 'aaa', before: 'BollingerBreakoutStrategy' },
    { text: 'my-idea', before: 'RsiReversionStrategy' },
  ])('has $text in its place, imported and listed', ({ text, before }) => {
    const names = strategyNames(text, []);
    const lines = withStrategy(INDEX, names).split('\n');
    const imported = lines.indexOf(`import { ${names.type}Strategy } from './${text}.strategy.js';`);
    const listed = lines.indexOf(`  ${names.type}Strategy,`);
    expect([lines[imported + 1], lines[listed + 1]]).toEqual([expect.stringContaining(`{ ${before} }`), `  ${before},`]);
    expect(lines.filter((_, i) => i !== imported && i !== listed).join('\n')).toBe(INDEX);
  });

  it('has the last one before the end', () => {
    const lines = withStrategy(INDEX, strategyNames('zzz', [])).split('\n');
    expect(lines[lines.indexOf('  ZzzStrategy,') + 1]).toBe('];');
    expect(lines[lines.indexOf("import { ZzzStrategy } from './zzz.strategy.js';") + 1]).toBe('');
  });

  it('is not guessed where the list looks otherwise', () => {
    expect(() => withStrategy('export const STRATEGIES = [];\n', strategyNames('x', []))).toThrow('does not list the strategies one to a line any more; add XStrategy there by hand');
  });
});

describe('what is written', () => {
  it('imports from where it is told, and names nothing but the strategy', () => {
    const text = strategyText(strategyNames('my-idea', []), '../kit.js');
    expect(text).toContain("} from '../kit.js';\n");
    for (const name of ["name: 'my_idea'", 'class MyIdeaParams', 'class MyIdeaStrategy implements TradingStrategy<MyIdeaParams>']) expect(text).toContain(name);
  });

  it('tells an editor where the kit is, from within the project and from elsewhere', () => {
    expect(JSON.parse(tsconfigText('..', null))).toMatchObject({ extends: '../tsconfig.json', compilerOptions: { noEmit: true, paths: { 'trading-bot/kit': ['../src/strategy/kit.ts'] } } });
    expect(JSON.parse(tsconfigText('../../app', '/'))).toMatchObject({ compilerOptions: { rootDir: '/', typeRoots: ['../../app/node_modules/@types'] } });
  });
});
