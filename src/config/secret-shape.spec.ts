import fc from 'fast-check';

import { caught } from '../../test/support/caught.js';
import { ConfigError } from '../domain/errors.js';
import { resolveConfig, type FlagValue } from './resolve-config.js';
import { assertNoSecretIn, holdsSecretValue, isSecretName, isSecretValue } from './secret-shape.js';
import { SETTINGS } from './settings.js';

const KEY = 'canaryKey7hQ2'.repeat(5).slice(0, 64);

const letters = fc.constantFrom(...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789');
const keys = fc.array(letters, { minLength: 64, maxLength: 64 }).map((characters) => characters.join(''));

const refusalOf = (sources: { file?: object; env?: Record<string, string>; flags?: FlagValue[] }): string =>
  caught(ConfigError, () => resolveConfig({ name: 'file.json', settings: (sources.file ?? {}) as Record<string, unknown> }, sources.env ?? {}, sources.flags ?? [])).message;

describe('isSecretName', () => {
  it.each(['my.key', 'api_key', 'apiKey', 'API-KEY', 'apikey', 'secret', 'apiSecret', 'BINANCE_API_SECRET', 'secretKey', 'private_key', 'token', 'auth.token', 'accessToken', 'password', 'passphrase'])('takes %s for one', (name) => {
    expect(isSecretName(name)).toBe(true);
  });

  it.each(['key', 'monkey', 'keyboard', 'tokenize', 'secretary', 'symbol', 'fast_window', 'kill_switch_file'])('takes %s for none', (name) => {
    expect(isSecretName(name)).toBe(false);
  });

  it('takes no setting for one', () => {
    expect(SETTINGS.filter(({ path, variable }) => isSecretName(path) || isSecretName(variable))).toEqual([]);
  });
});

describe('isSecretValue', () => {
  it('takes every run of 64 letters and digits for one, alone and within words', () => {
    fc.assert(
      fc.property(keys, (key) => {
        expect(isSecretValue(key)).toBe(true);
        for (const text of [`a=${key}`, `{"a":"${key}"}`, `x, ${key}`, `api_key:${key},b=1`]) expect(holdsSecretValue(text)).toBe(true);
      }),
    );
  });

  it.each(['/srv/tradingbotworkspaceofthewholeteam/candles', 'BTC/USDT', 'fast_window=20,slow_window=60', '2024-01-01T00:00:00.000Z', '/tmp/trading-bot-Ab3dEf/candles'])('takes %s for none', (text) => {
    expect([isSecretValue(text), holdsSecretValue(text)]).toEqual([false, false]);
  });

  it('takes a private key for one', () => {
    expect(holdsSecretValue('-----BEGIN EC PRIVATE KEY-----')).toBe(true);
  });
});

describe('S01 settings that hold a secret', () => {
  it.each([
    ['a variable of that name', { env: { BOT_API_KEY: 'short-canary' } }, 'BOT_API_KEY'],
    ['a variable', { env: { BOT_SYMBOL: KEY } }, 'BOT_SYMBOL'],
    ['a parameter of that name in a variable', { env: { BOT_STRATEGY_PARAMS: 'api_secret=short-canary' } }, 'BOT_STRATEGY_PARAMS (strategy.params.api_secret)'],
    ['a parameter in a variable', { env: { BOT_STRATEGY_PARAMS: `{"x":"${KEY}"}` } }, 'BOT_STRATEGY_PARAMS'],
    ['a variable that cannot be read', { env: { BOT_STRATEGY_PARAMS: `{"x":"${KEY}"` } }, 'BOT_STRATEGY_PARAMS'],
    ['a flag', { flags: [{ flag: '--symbol', path: 'symbol', text: KEY }] }, '--symbol'],
    ['a parameter of that name in a flag', { flags: [{ flag: '--params', path: 'strategy.params', text: '{"token":"short-canary"}' }] }, '--params (strategy.params.token)'],
    ['a parameter in a flag', { flags: [{ flag: '--params', path: 'strategy.params', text: `a=${KEY}` }] }, '--params'],
    ['the file', { file: { strategy: { params: { list: ['x', KEY] } } } }, 'strategy.params.list[1]'],
    ['a name in the file', { file: { strategy: { params: { [KEY]: 1 } } } }, 'strategy.params.[hidden]'],
    ['a section of that name in the file', { file: { secrets: { binance: 'short-canary' } } }, 'secrets'],
  ])('are refused in %s, with the place and not the value', (_, sources, place) => {
    const message = refusalOf(sources);
    expect(message).toContain(`  - ${place}: looks like a secret.`);
    expect(message).not.toContain('anary');
  });

  it('are the only thing that is told then: other messages repeat what was there', () => {
    expect(refusalOf({ env: { BOT_SYMBOL: 'short', BOT_TOKEN: 'x' }, flags: [{ flag: '--seed', path: 'data.seed', text: '-1' }] }).match(/^ {2}- /gm)).toHaveLength(1);
  });

  it('are refused anywhere by fuzzing', () => {
    const place = fc.constantFrom(...SETTINGS);
    fc.assert(
      fc.property(keys, place, fc.boolean(), (key, { path, variable }, byFlag) => {
        const message = refusalOf(byFlag ? { flags: [{ flag: '--x', path, text: key }] } : { env: { [variable]: key } });
        expect(message).toContain('looks like a secret');
        expect(message).not.toContain(key.slice(0, 16));
      }),
      { numRuns: 200 },
    );
  });
});

describe('S01 a command line that holds a secret', () => {
  it.each([[['--api-key', 'short-canary'], '--api-key'], [['backtest', '--token=short-canary'], '--token'], [['backtest', KEY], 'word 2 of the command line'], [['backtest', '--params', `a=${KEY}`], 'word 3 of the command line'], [[`--${KEY}`], 'word 1 of the command line']])(
    'is refused before anything looks at it',
    (argv, place) => {
      const { message, exitCode } = caught(ConfigError, () => assertNoSecretIn(argv));
      expect([message.includes(`  - ${place}: looks like a secret.`), message.includes('anary'), exitCode]).toEqual([true, false, 2]);
    },
  );

  it('is let pass when it is none', () => {
    expect(() => assertNoSecretIn(['backtest', '--params', 'fast_window=20', '--data-dir', '/srv/candles', '--json'])).not.toThrow();
  });
});
