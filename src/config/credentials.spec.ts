import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { inspect } from 'node:util';

import { caught } from '../../test/support/caught.js';
import { useTemporaryFolder } from '../../test/support/temporary-folder.js';
import { ConfigError } from '../domain/errors.js';
import { redact } from '../domain/redact.js';
import { Secret } from '../domain/secret.js';
import { credentialsOf, readSecretFile, refuseInArguments, secretVariables, type FoundCredentials } from './credentials.js';
import type { Environment } from './resolve-config.js';

const KEY = 'canaryKey7hQ2'.repeat(5).slice(0, 64);
const SECRET = 'canarySecretX9'.repeat(5).slice(0, 64);
const PEM = '-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIPcanary0001QwfmyLcUp1234567890\n-----END PRIVATE KEY-----';
const BOTH = { BINANCE_API_KEY: KEY, BINANCE_API_SECRET: SECRET };

const inFolder = useTemporaryFolder();

const textsOf = ({ apiKey, secret, password }: FoundCredentials): unknown[] => [apiKey, secret, password].map((part) => part?.reveal() ?? null);
const refusalOf = (env: Environment, exchange?: string): string => caught(ConfigError, () => credentialsOf(env, readSecretFile, exchange)).message;

function secretFile(name: string, text: string, mode = 0o400): string {
  writeFileSync(inFolder(name), text);
  chmodSync(inFolder(name), mode);
  return inFolder(name);
}

describe('credentialsOf', () => {
  it('finds key and secret in the environment, and nothing where nothing is set', () => {
    expect(textsOf(credentialsOf(BOTH))).toEqual([KEY, SECRET, null]);
    expect(textsOf(credentialsOf({ BINANCE_API_KEY: '', OTHER: 'x' }))).toEqual([null, null, null]);
  });

  it.each([0o400, 0o600])('finds them in files of mode %o that only their owner reads', (mode) => {
    const env = { BINANCE_API_KEY_FILE: secretFile('key', `${KEY}\n`, mode), BINANCE_API_SECRET_FILE: secretFile('secret', ` ${SECRET} \r\n`, mode) };
    expect(textsOf(credentialsOf(env))).toEqual([KEY, SECRET, null]);
  });

  it.each([0o440, 0o404, 0o644, 0o666, 0o620, 0o700, 0o777])('refuses a file of mode %o and says what to do', (mode) => {
    const path = secretFile('secret', SECRET, mode);
    const message = refusalOf({ BINANCE_API_KEY: KEY, BINANCE_API_SECRET_FILE: path });
    expect(message).toContain(`  - BINANCE_API_SECRET_FILE: names ${path}, which has mode 0${mode.toString(8)}: only its owner may read it. Run: chmod 400 ${path}`);
    expect(message).not.toContain(SECRET);
  });

  it('refuses a file that is not there, a folder, an endless device, one that is too long and one that is empty', () => {
    mkdirSync(inFolder('folder'));
    expect(refusalOf({ BINANCE_API_KEY_FILE: inFolder('none') })).toContain('which cannot be read (ENOENT)');
    expect(refusalOf({ BINANCE_API_KEY_FILE: inFolder('folder') })).toContain('which cannot be read (it is no plain file)');
    expect(refusalOf({ BINANCE_API_KEY_FILE: '/dev/zero' })).toContain('which cannot be read (it is no plain file)');
    expect(refusalOf({ BINANCE_API_KEY_FILE: secretFile('long', 'x'.repeat(16_385)) })).toContain('which cannot be read (it is longer than 16384 bytes)');
    expect(refusalOf({ BINANCE_API_KEY_FILE: secretFile('empty', '\n') })).toContain('which is empty');
  });

  it('refuses what is set twice', () => {
    expect(refusalOf({ ...BOTH, BINANCE_API_SECRET_FILE: secretFile('secret', SECRET) })).toBe(
      'Cannot use the keys of the exchange account:\n  - BINANCE_API_SECRET: is set, and BINANCE_API_SECRET_FILE is set, too: take one of them out',
    );
  });

  it.each([
    ['too short', SECRET.slice(1), '63 characters'],
    ['too long', `${SECRET}x`, '65 characters'],
    ['with a blank in it', `${SECRET.slice(0, 30)} ${SECRET.slice(31)}`, '64 characters'],
    ['in quotes', `"${SECRET}"`, '66 characters'],
    ['with the name before it', `BINANCE_API_SECRET=${SECRET}`, '83 characters'],
    ['twice', `${SECRET}\n${SECRET}`, '129 characters'],
    ['of blanks', ' \t ', 'nothing but blanks'],
  ])('refuses one that is %s without repeating it', (_, value, was) => {
    const message = refusalOf({ BINANCE_API_KEY: KEY, BINANCE_API_SECRET: value });
    expect(message).toContain('  - BINANCE_API_SECRET: must be 64 letters and digits, or a private key in PEM, was ');
    expect(message).toContain(`was ${was}`);
    expect(message).not.toContain(SECRET.slice(5, 25));
  });

  it('tells of everything at once', () => {
    expect(refusalOf({ BINANCE_API_KEY: 'x', BINANCE_API_SECRET: 'y' }).match(/^ {2}- /gm)).toHaveLength(2);
  });

  it('takes a private key of several lines, also with its line breaks spelt out', () => {
    for (const text of [PEM, `${PEM}\n`, PEM.replaceAll('\n', '\\n'), PEM.replaceAll('\n', '\r\n')]) {
      expect(textsOf(credentialsOf({ BINANCE_API_KEY: KEY, BINANCE_API_SECRET: text }))).toEqual([KEY, PEM, null]);
    }
  });

  it('knows the variables of other exchanges, their password and their longer secrets', () => {
    const env = { ...BOTH, KRAKEN_API_KEY: 'a/b+c=canary', KRAKEN_API_SECRET: `${'d/e+'.repeat(21)}f==`, KRAKEN_API_PASSWORD: 'two words' };
    expect(secretVariables('kraken')).toEqual({ apiKey: 'KRAKEN_API_KEY', secret: 'KRAKEN_API_SECRET', password: 'KRAKEN_API_PASSWORD' });
    expect(textsOf(credentialsOf(env, readSecretFile, 'kraken'))).toEqual([env.KRAKEN_API_KEY, env.KRAKEN_API_SECRET, env.KRAKEN_API_PASSWORD]);
    expect(refusalOf({ KRAKEN_API_KEY: 'with a blank' }, 'kraken')).toContain('KRAKEN_API_KEY: must be 8 to 512 characters without blanks');
  });

  it('gives what nothing prints, and what the redactor knows from then on', () => {
    const found = credentialsOf(BOTH);
    for (const shown of [inspect(found, { depth: 20, showHidden: true }), JSON.stringify(found), `${String(found.apiKey)} ${String(found.secret)}`]) expect(shown).not.toMatch(/canary/);
    expect(redact(`${KEY} and ${encodeURIComponent(SECRET)}`)).toBe('[redacted] and [redacted]');
  });

  it('has the redactor know what it refuses, too', () => {
    const wrong = `${'canaryOfTheWrongForm'.repeat(3)}!`;
    refusalOf({ BINANCE_API_KEY: wrong });
    refusalOf({ BINANCE_API_KEY_FILE: secretFile('open', `${wrong}File`, 0o644) });
    expect(redact(`${wrong} ${wrong}File`)).toBe('[redacted] [redacted]');
  });
});

describe('refuseInArguments', () => {
  const found = { apiKey: Secret.of(KEY), secret: Secret.of(SECRET), password: null };

  it.each([[['run', SECRET]], [['run', `--params=a=${SECRET},b=2`]], [['run', '--x', `"${KEY}"`]]])('refuses a command line that holds one, and does not repeat it', (argv) => {
    const { message, exitCode } = caught(ConfigError, () => refuseInArguments(argv, found));
    expect(message).toMatch(/word \d of the command line: holds a key of the exchange account/);
    expect([message.includes('canary'), exitCode]).toEqual([false, 2]);
  });

  it('lets every other one pass', () => {
    expect(() => refuseInArguments(['run', '--symbol', 'BTC/USDT'], found)).not.toThrow();
    expect(() => refuseInArguments([SECRET], { apiKey: null, secret: null, password: null })).not.toThrow();
  });
});
