import fc from 'fast-check';

import { caught } from '../../test/support/caught.js';
import { ConfigError } from '../domain/errors.js';
import { BotConfig } from './bot-config.js';
import { leavesOf, resolveConfig, type Environment, type FlagValue, type ResolvedConfig } from './resolve-config.js';
import { SETTINGS } from './settings.js';

interface Sources {
  readonly file?: Record<string, unknown>;
  readonly env?: Environment;
  readonly flags?: readonly FlagValue[];
}

const resolve = ({ file = {}, env = {}, flags = [] }: Sources): ResolvedConfig => resolveConfig({ name: 'my.json', settings: file }, env, flags);
const flag = (name: string, path: string, text: string | boolean): FlagValue => ({ flag: name, path, text });
const FEE = flag('--fee', 'backtest.fee_rate', '0.001');
const leaf = ({ config }: ResolvedConfig, path: string): unknown => new Map(leavesOf(config)).get(path);
const problemsOf = (sources: Sources): [string, string][] => caught(ConfigError, () => resolve(sources)).problems.map(({ path, message }) => [path, message]);

describe('resolveConfig layers', () => {
  const inFile = { backtest: { fee_rate: 0.003 } };
  const inEnv = { BOT_BACKTEST_FEE_RATE: '0.002' };

  it.each<Sources & { why: string; fee: number; from: string | undefined }>([
    { why: 'nothing set: the default, without an origin', fee: 0.001, from: undefined },
    { why: 'the file sets it', file: inFile, fee: 0.003, from: 'my.json' },
    { why: 'the environment sets it', env: inEnv, fee: 0.002, from: 'BOT_BACKTEST_FEE_RATE' },
    { why: 'a flag sets it', flags: [FEE], fee: 0.001, from: '--fee' },
    { why: 'the environment wins over the file', file: inFile, env: inEnv, fee: 0.002, from: 'BOT_BACKTEST_FEE_RATE' },
    { why: 'a flag wins over the file', file: inFile, flags: [FEE], fee: 0.001, from: '--fee' },
    { why: 'a flag wins over the environment', env: inEnv, flags: [FEE], fee: 0.001, from: '--fee' },
    { why: 'a flag wins over both', file: inFile, env: inEnv, flags: [FEE], fee: 0.001, from: '--fee' },
    { why: 'an empty variable says nothing', file: inFile, env: { BOT_BACKTEST_FEE_RATE: '' }, fee: 0.003, from: 'my.json' },
    { why: 'an undefined variable says nothing', file: inFile, env: { BOT_BACKTEST_FEE_RATE: undefined }, fee: 0.003, from: 'my.json' },
  ])('$why', ({ fee, from, ...sources }) => {
    const resolved = resolve(sources);
    expect([resolved.config.backtest.feeRate, resolved.origins.get('backtest.fee_rate')]).toEqual([fee, from]);
  });

  it('gives the defaults where nothing is set', () => {
    expect(resolve({}).config).toEqual(new BotConfig());
  });

  it('fills in a section of which only one field is set', () => {
    expect(resolve({ file: inFile, env: { BOT_BACKTEST_FILL: 'close' } }).config.backtest).toEqual(Object.assign(new BotConfig().backtest, { feeRate: 0.003, fill: 'close' }));
  });

  it('does not look at variables without the prefix, nor at the one that names the file', () => {
    expect(resolve({ env: { PATH: '/bin', SYMBOL: 'ETH/USDT', BOT_CONFIG: 'x.json', MY_BOT_SYMBOL: 'x' } }).config).toEqual(new BotConfig());
  });

  it.each(SETTINGS)('lets the environment set $path by $variable', ({ path, variable, spec, fallback }) => {
    const { choices = ['x'], min = 0, max = 0 } = spec;
    const texts: Record<string, string> = { 'backtest.start': '2024-02-29', 'backtest.end': '2024-03-01T12:00Z', symbol: 'ETH/EUR', 'exchange.id': 'kraken', 'notifications.telegram.chat_id': '-1001234567890', 'notifications.mail.from': 'bot@example.com', 'notifications.mail.to': 'me@example.com', 'http.host': '10.0.0.1' };
    const byKind = { integer: String(min + 7), number: String((min + max) / 2), choice: choices.at(-1) as string, flag: String(fallback !== true), text: texts[path] ?? 'other', object: 'a=1,b=x,c=true' };
    const text = byKind[spec.kind as keyof typeof byKind];
    const resolved = resolve({ env: { [variable]: text } });
    if (spec.kind === 'object') {
      expect([leaf(resolved, `${path}.a`), leaf(resolved, `${path}.b`), leaf(resolved, `${path}.c`)]).toEqual([1, 'x', true]);
      expect(resolved.origins.get(`${path}.b`)).toBe(variable);
    } else {
      expect([String(leaf(resolved, path)), resolved.origins.get(path)]).toEqual([text, variable]);
      expect(leaf(resolved, path)).not.toEqual(fallback);
    }
  });

  it('takes a flag without a value as true', () => {
    expect(leaf(resolve({ flags: [flag('--offline', 'data.offline', true)] }), 'data.offline')).toBe(true);
  });
});

describe('resolveConfig problems', () => {
  it('lists all of them at once, each with where it comes from', () => {
    const file = { symbol: 'btc', tymeframe: '1h', risk: { max_position_size_usd: 0 }, backtest: { fee_rate: -1 } };
    const env = { BOT_SYMBL: 'BTC/USDT', BOT_TIMEFRAME: '2d', BOT_STRATEGY_PARAMS: 'fast_window' };
    const flags = [flag('--seed', 'data.seed', '1.5'), flag('--params', 'strategy.params', '{"a":'), flag('--offline', 'data.offline', 'yes')];
    const problems = problemsOf({ file, env, flags });
    expect(problems.map(([path]) => path).sort()).toEqual(
      ['BOT_SYMBL', 'BOT_STRATEGY_PARAMS', '--params', 'symbol', 'tymeframe', 'risk.max_position_size_usd', 'backtest.fee_rate', 'BOT_TIMEFRAME (timeframe)', '--seed (data.seed)', '--offline (data.offline)'].sort(),
    );
    expect(new Map(problems).get('tymeframe')).toContain('Did you mean "timeframe"?');
    expect(new Map(problems).get('BOT_SYMBL')).toContain('Did you mean "BOT_SYMBOL"?');
  });

  it('says in one message what was expected, what was there and where', () => {
    const { message, exitCode } = caught(ConfigError, () => resolve({ file: { backtest: { slippage_bps: 2000 } }, env: { BOT_X: '1' }, flags: [flag('--fee', 'backtest.fee_rate', '-0.1')] }));
    expect(message).toBe(
      ['Invalid configuration:', '  - BOT_X: is unknown.', '  - --fee (backtest.fee_rate): must be a number from 0 to 0.2, was -0.1', '  - backtest.slippage_bps: must be a number from 0 to 1000, was 2000'].join('\n'),
    );
    expect(exitCode).toBe(2);
  });

  it.each([
    ['{"symbol":null}', 'symbol'],
    ['{"symbol":"BTCUSDT"}', 'symbol'],
    ['{"symbol":{"base":"BTC"}}', 'symbol'],
    ['{"risk":5}', 'risk'],
    ['{"strategy":null}', 'strategy'],
    ['{"strategy":{"params":[1]}}', 'strategy.params'],
    ['{"strategy":{"name":""}}', 'strategy.name'],
    ['{"backtest":{"fee_rate":"0.1"}}', 'backtest.fee_rate'],
    ['{"backtest":{"feeRate":0.1}}', 'backtest.feeRate'],
    ['{"backtest":{"start":"2024-02-30"}}', 'backtest.start'],
    ['{"backtest":{"start":1704067200000}}', 'backtest.start'],
    ['{"data":{"seed":4294967296}}', 'data.seed'],
    ['{"schedule":{"delay_seconds":0}}', 'schedule.delay_seconds'],
    ['{"__proto__":{"polluted":1}}', '__proto__'],
    ['{"constructor":{"prototype":{"polluted":1}}}', 'constructor'],
    ['{"strategy":{"__proto__":{"name":"x"}}}', 'strategy.__proto__'],
  ])('refuses %s', (text, path) => {
    expect(problemsOf({ file: JSON.parse(text) as Record<string, unknown> }).map(([at]) => at)).toEqual([path]);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});

describe('resolveConfig parameters', () => {
  const file = { strategy: { name: 'sma_cross', params: { fast_window: 5, slow_window: 60 } } };
  const params = (text: string): FlagValue => flag('--params', 'strategy.params', text);
  const strategy = (name: string): FlagValue => flag('--strategy', 'strategy.name', name);

  it.each<Sources & { why: string; expected: object }>([
    { why: 'merges them leaf by leaf', file, env: { BOT_STRATEGY_PARAMS: 'slow_window=70' }, flags: [params('fast_window=7')], expected: { fast_window: 7, slow_window: 70 } },
    { why: 'drops those of the strategy before, where another one is named', file, flags: [strategy('other')], expected: {} },
    { why: 'keeps those given together with the other name', file, flags: [strategy('other'), params('period=3')], expected: { period: 3 } },
    { why: 'keeps them where the same strategy is named again', file, flags: [strategy('sma_cross')], expected: { fast_window: 5, slow_window: 60 } },
    { why: 'drops those below the environment that names another one', file, env: { BOT_STRATEGY_NAME: 'other' }, flags: [params('period=3')], expected: { period: 3 } },
    { why: 'keeps those of an unnamed strategy where the default one is named', file: { strategy: { params: { fast_window: 5 } } }, flags: [strategy('sma_cross')], expected: { fast_window: 5 } },
    { why: 'drops those of an unnamed strategy where another one is named', file: { strategy: { params: { fast_window: 5 } } }, flags: [strategy('other')], expected: {} },
  ])('$why', ({ expected, ...sources }) => {
    const { config, origins } = resolve(sources);
    expect(config.strategy.params).toEqual(expected);
    const known = [...origins.keys()].filter((path) => path.startsWith('strategy.params.'));
    expect(known.sort()).toEqual(Object.keys(expected).map((name) => `strategy.params.${name}`).sort());
  });

  it('tells the origin of every single one', () => {
    const { origins } = resolve({ file, env: { BOT_STRATEGY_PARAMS: 'slow_window=70' }, flags: [params('{"extra":true}')] });
    expect(['fast_window', 'slow_window', 'extra'].map((name) => origins.get(`strategy.params.${name}`))).toEqual(['my.json', 'BOT_STRATEGY_PARAMS', '--params']);
  });

  it('keeps any name and value of the file as it stands, for the strategy to judge', () => {
    const name = fc.oneof(fc.string(), fc.constantFrom('constructor', '__proto__', 'toString', 'hasOwnProperty', 'prototype'));
    fc.assert(
      fc.property(fc.dictionary(name, fc.oneof(fc.integer(), fc.string(), fc.boolean(), fc.constant(null))), (given) => {
        const kept = resolve({ file: { strategy: { params: JSON.parse(JSON.stringify(given)) as object } } }).config.strategy.params;
        expect(new Map(Object.entries(kept))).toEqual(new Map(Object.entries(given)));
      }),
    );
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});

describe('the resolved configuration', () => {
  const file = { strategy: { params: { fast_window: 5 } }, backtest: { fee_rate: 0.002 } };

  it('cannot be changed, at any depth', () => {
    const { config } = resolve({ file });
    for (const part of [config, config.backtest, config.strategy, config.strategy.params]) expect(Object.isFrozen(part)).toBe(true);
    expect(() => Object.assign(config.strategy.params, { fast_window: 6 })).toThrow(TypeError);
  });

  it('leaves what it was made from alone, and does not follow its changes', () => {
    const settings = structuredClone(file);
    const { config } = resolve({ file: settings });
    settings.strategy.params.fast_window = 99;
    settings.backtest.fee_rate = 0.1;
    expect([config.strategy.params, config.backtest.feeRate]).toEqual([{ fast_window: 5 }, 0.002]);
  });

  it('lists every leaf by its path in the file', () => {
    const expected = SETTINGS.filter(({ path, fallback }) => fallback !== undefined && path !== 'strategy.params').map(({ path }) => path);
    expect(leavesOf(resolve({ file }).config).map(([path]) => path)).toEqual(expect.arrayContaining([...expected, 'strategy.params.fast_window']));
    expect(leavesOf(resolve({ file }).config)).toHaveLength(expected.length + 1);
  });
});
