import { mkdirSync, writeFileSync } from 'node:fs';

import { caught } from '../../test/support/caught.js';
import { useTemporaryFolder } from '../../test/support/temporary-folder.js';
import { ConfigError } from '../domain/errors.js';
import { readSettingsFile } from './settings-file.js';

const inFolder = useTemporaryFolder();

const written = (content: string | Uint8Array): string => {
  writeFileSync(inFolder('settings.json'), content);
  return inFolder('settings.json');
};
const refusalOf = (path: string): string => caught(ConfigError, () => readSettingsFile(path)).message;
/** As long as Binance makes them. */
const KEY = 'aB3xQ9'.repeat(11).slice(0, 64);

describe('readSettingsFile', () => {
  it('gives the document as it is written, without $schema', () => {
    expect(readSettingsFile(written('{"$schema":"./x.json","symbol":"BTC/USDT","risk":{"$schema":1}}'))).toEqual({ symbol: 'BTC/USDT', risk: { $schema: 1 } });
  });

  it('reads over a byte order mark', () => {
    expect(readSettingsFile(written('\uFEFF{"symbol":"BTC/USDT"}'))).toEqual({ symbol: 'BTC/USDT' });
  });

  it('keeps a key named __proto__ as a key, for the parser to refuse', () => {
    expect(Object.keys(readSettingsFile(written('{"__proto__":{"polluted":1}}')))).toEqual(['__proto__']);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it('says so when there is no file, and how to name another one', () => {
    expect(refusalOf(inFolder('none.json'))).toBe(`Cannot use the settings file ${inFolder('none.json')}:\n  - it does not exist; name another one with --config or BOT_CONFIG`);
  });

  it('says so when a folder stands in its place', () => {
    mkdirSync(inFolder('settings.json'));
    expect(refusalOf(inFolder('settings.json'))).toContain('it is a folder');
  });

  it('says so when a part of its path is a file', () => {
    expect(refusalOf(`${written('{}')}/deeper.json`)).toContain('it cannot be read (ENOTDIR)');
  });

  it.each(['', 'symbol: BTC/USDT', '{"symbol":"BTC/USDT"', '{"symbol":"BTC/USDT",}', '// comment\n{}', '\u0000'])('refuses what is no JSON: %j', (content) => {
    expect(refusalOf(written(content))).toMatch(/^Cannot use the settings file .*:\n {2}- it is not valid JSON: ./);
  });

  it.each(['[]', '[{"symbol":"BTC/USDT"}]', 'null', '"text"', '5', 'true'])('refuses JSON that is no object: %s', (content) => {
    expect(refusalOf(written(content))).toContain('it must hold one JSON object');
  });

  it('refuses a file of more than a megabyte before reading it', () => {
    expect(readSettingsFile(written(`{"symbol":"BTC/USDT"}${' '.repeat(1_048_576 - 21)}`))).toEqual({ symbol: 'BTC/USDT' });
    expect(refusalOf(written(`{"symbol":"BTC/USDT"}${' '.repeat(1_048_576 - 20)}`))).toContain('it is larger than 1048576 bytes');
  });

  it.each(['api_key', 'apiKey', 'API_SECRET', 'apisecret', 'secret', 'secretKey', 'private_key', 'password', 'passphrase', 'token'])('refuses a field named %s, whatever it holds', (name) => {
    const message = refusalOf(written(JSON.stringify({ exchange: { id: 'binance', [name]: 'short' } })));
    expect(message).toContain(`  - exchange.${name}: looks like a secret`);
    expect(message).not.toContain('short');
  });

  it('refuses a value that looks like a key, whatever its name, and does not repeat it', () => {
    const message = refusalOf(written(JSON.stringify({ symbol: 'BTC/USDT', exchange: { id: KEY }, strategy: { params: { a: { b: KEY } } } })));
    expect(message).toContain('  - exchange.id: looks like a secret');
    expect(message).toContain('  - strategy.params.a.b: looks like a secret');
    expect(message).not.toContain(KEY.slice(0, 12));
  });

  it.each([KEY.slice(0, 40), `${KEY.slice(0, 43)}/${KEY.slice(0, 42)}==`, 'x'.repeat(64), '0123456789abcdef'.repeat(4)])('takes %j for a key', (value) => {
    expect(refusalOf(written(JSON.stringify({ value })))).toContain('  - value: looks like a secret');
  });

  it.each([KEY.slice(0, 39), '/home/alice/projects/trading/bot/data/cache', 'BTC/USDT', 'a sentence of more than forty letters, with blanks', '2024-01-01T00:00:00.000Z', 'data_cache/candles_of_all_the_markets_that_we_ever_tested'])('takes %j for no key', (value) => {
    expect(readSettingsFile(written(JSON.stringify({ value })))).toEqual({ value });
  });
});
