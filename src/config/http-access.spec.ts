import { chmodSync, writeFileSync } from 'node:fs';

import { caught } from '../../test/support/caught.js';
import { useTemporaryFolder } from '../../test/support/temporary-folder.js';
import { ConfigError } from '../domain/errors.js';
import { redact } from '../domain/redact.js';
import { httpToken, isLoopbackAddress } from './http-access.js';
import { HttpConfig } from './http-config.js';
import { resolveConfig, type Environment } from './resolve-config.js';

const TOKEN = 'canaryTokenOfTheEndpoint0123456789';
const inFolder = useTemporaryFolder();
const refusalOf = (host: string, env: Environment): string => caught(ConfigError, () => httpToken({ host }, env)).message;

describe('the HTTP endpoint', () => {
  it('S20 is off by default, and listens on this machine alone', () => {
    expect(new HttpConfig()).toMatchObject({ enabled: false, host: '127.0.0.1' });
  });

  it.each(['localhost', 'example.com', '127.1', '0', '*', '', '127.0.0.1:80'])('S20 takes an address, not %j', (host) => {
    expect(() => resolveConfig({ name: 'test', settings: { http: { host } } }, {}, [])).toThrow('http.host: must be an IP address');
  });
});

describe('httpToken', () => {
  it.each(['127.0.0.1', '127.8.9.10', '::1'])('S20 may be left out on %s', (host) => {
    expect(httpToken({ host }, {})).toBeNull();
    expect(httpToken({ host }, { HTTP_TOKEN: TOKEN })?.reveal()).toBe(TOKEN);
  });

  it.each(['0.0.0.0', '::', '10.0.0.5', '192.168.1.2', '::ffff:127.0.0.1', '128.0.0.1', 'fe80::1'])('S20 must be there on %s', (host) => {
    expect(refusalOf(host, {})).toContain(`HTTP_TOKEN: is not set, and http.host ${host} can be reached from other machines`);
    expect(httpToken({ host }, { HTTP_TOKEN: TOKEN })?.reveal()).toBe(TOKEN);
  });

  it.each([
    ['empty', '', 'is not set'],
    ['short', TOKEN.slice(0, 31), 'must be 32 to 512 characters'],
    ['blanks', ' '.repeat(40), 'must be 32 to 512 characters'],
    ['with a blank in it', `${TOKEN} ${TOKEN}`, 'must be 32 to 512 characters'],
    ['one letter', 'a'.repeat(64), 'fewer than 10 different characters'],
    ['a word that is repeated', 'changeme'.repeat(8), 'fewer than 10 different characters'],
  ])('S20 refuses a token that is %s, also where none is needed, and does not repeat it', (_, token, words) => {
    expect(refusalOf('0.0.0.0', { HTTP_TOKEN: token })).toContain(words);
    if (token !== '') expect(refusalOf('127.0.0.1', { HTTP_TOKEN: token })).toContain(words);
    if (token.trim() !== '') expect(refusalOf('0.0.0.0', { HTTP_TOKEN: token })).not.toContain(token);
  });

  it('takes it from a file, which only its owner reads, and hides it', () => {
    writeFileSync(inFolder('token'), `${TOKEN}\n`);
    chmodSync(inFolder('token'), 0o600);
    expect(httpToken({ host: '0.0.0.0' }, { HTTP_TOKEN_FILE: inFolder('token') })?.reveal()).toBe(TOKEN);
    expect(redact(`Bearer ${TOKEN}`)).not.toContain(TOKEN);
    chmodSync(inFolder('token'), 0o644);
    expect(refusalOf('0.0.0.0', { HTTP_TOKEN_FILE: inFolder('token') })).toContain('only its owner may read it');
  });
});

describe('isLoopbackAddress', () => {
  it('takes an address that reaches further for one that does', () => {
    expect(['127.0.0.1', '127.255.0.1', '::1', '1.127.0.0', '0.0.0.0', '::', '::ffff:127.0.0.1'].map(isLoopbackAddress)).toEqual([true, true, true, false, false, false, false]);
  });
});
