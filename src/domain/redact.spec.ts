import { inspect } from 'node:util';

import fc from 'fast-check';

import { ConfigError } from './errors.js';
import { describeFailure } from './failure.js';
import { knownSecrets, Redactor } from './redact.js';
import { Secret } from './secret.js';

const KEY = 'canaryKeyQ8xT2mZ5vB7nL1rW4yC6jH9pD3sF0gK'.padEnd(64, 'aB3');
const SECRET = 'canarySecretU7eR1oP4iX9wN2bM6tV5zL8hS3dJ'.padEnd(64, 'cD5');
/** With everything in it that JSON, addresses and base64 spell in another way. */
const ODD = 'odd+/="\\ canary&ä?%-secret=with.all|of*it';

function knowing(...secrets: string[]): Redactor {
  const redactor = new Redactor();
  for (const secret of secrets) redactor.add(Secret.of(secret));
  return redactor;
}

describe('Redactor', () => {
  const redactor = knowing(KEY, SECRET, ODD);

  it.each([KEY, SECRET, ODD])('hides %j in every spelling in which it travels', (secret) => {
    const spellings: Record<string, string> = {
      plain: secret,
      json: JSON.stringify({ secret }),
      'json in json': JSON.stringify({ text: JSON.stringify({ secret }) }),
      address: `https://x.test/?a=${encodeURIComponent(secret)}&b=1`,
      'address in an address': `?next=${encodeURIComponent(`?a=${encodeURIComponent(secret)}`)}`,
      form: new URLSearchParams({ a: secret }).toString(),
      base64: Buffer.from(secret).toString('base64'),
      base64url: Buffer.from(secret).toString('base64url'),
      'base64 in an address': encodeURIComponent(Buffer.from(secret).toString('base64')),
      hex: Buffer.from(secret).toString('hex'),
      'HEX': Buffer.from(secret).toString('hex').toUpperCase(),
    };
    const core = Buffer.from(secret).toString('base64').slice(4, -8);
    for (const [name, text] of Object.entries(spellings)) {
      const hidden = redactor.redact(`before ${text} after`);
      expect([name, hidden]).toEqual([name, expect.stringMatching(/^before .*\[redacted\].* after$/)]);
      for (const rest of [secret, secret.slice(4, -4), core, encodeURIComponent(secret)]) expect([name, hidden.includes(rest)]).toEqual([name, false]);
    }
  });

  it('finds a secret in base64 whatever stands before and behind it', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 12 }), fc.uint8Array({ maxLength: 12 }), (before, after) => {
        const text = Buffer.concat([before, Buffer.from(SECRET), after]).toString('base64');
        const left = Buffer.from(redactor.redact(text).replace('[redacted]', ''), 'base64').toString('latin1');
        expect(redactor.redact(text)).toContain('[redacted]');
        expect(left).not.toContain(SECRET.slice(2, 20));
      }),
    );
  });

  it('hides key and secret where they are joined for basic authorisation', () => {
    expect(redactor.redact(`Basic ${Buffer.from(`${KEY}:${SECRET}`).toString('base64')}`)).not.toMatch(/[A-Za-z0-9+/]{12}/);
  });

  it('hides every occurrence, and both of two that touch', () => {
    expect(redactor.redact(`${KEY}${SECRET} ${KEY}`)).toBe('[redacted][redacted] [redacted]');
  });

  it('leaves no part of a secret that begins as another one does', () => {
    expect(knowing('abcdefgh', 'abcdefghijklmnop').redact('x abcdefghijklmnop y abcdefgh z')).toBe('x [redacted] y [redacted] z');
  });

  it('hides the lines of a key that has several', () => {
    const pem = '-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIJ3xGIiQwfmyLcUpcanary0001\n-----END PRIVATE KEY-----\n';
    expect(knowing(pem).redact('| MC4CAQAwBQYDK2VwBCIEIJ3xGIiQwfmyLcUpcanary0001 |')).toBe('| [redacted] |');
    expect(knowing(pem).redact(JSON.stringify({ pem }))).toBe('{"pem":"[redacted]"}');
  });

  it('cannot tell a secret of a few letters from a word', () => {
    expect(knowing('key').redact('a key, and no other')).toBe('a key, and no other');
  });

  it('leaves a text as it is in which there is none', () => {
    const texts = fc.string({ unit: 'grapheme', maxLength: 300 }).filter((text) => !/signature|authorization|api_?key|secret|private_?key|pass/i.test(text));
    fc.assert(fc.property(texts, (text) => expect(redactor.redact(text)).toBe(text)));
  });
});

describe('Redactor, of secrets that nobody told it of', () => {
  const redactor = new Redactor();

  it.each([
    ['GET https://api.test/api/v3/account?timestamp=1&signature=0a1b2c3d&x=1', 'GET https://api.test/api/v3/account?timestamp=1&signature=[redacted]&x=1'],
    ['{"signature":"0a1b2c3d","a":1}', '{"signature":"[redacted]","a":1}'],
    ["{ 'X-MBX-APIKEY': 'abcdef', 'Content-Type': 'x' }", "{ 'X-MBX-APIKEY': '[redacted]', 'Content-Type': 'x' }"],
    ['x-mbx-apikey: abcdef\r\nhost: x', 'x-mbx-apikey: [redacted]\r\nhost: x'],
    ["[ 'X-MBX-APIKEY', 'abcdef' ]", "[ 'X-MBX-APIKEY', '[redacted]' ]"],
    ['Authorization: Bearer abc.def-1\nhost: x', 'Authorization: [redacted]\nhost: x'],
    ['"authorization":"Basic YTpi"', '"authorization":"[redacted]"'],
    ["apiKey: 'abc', secret: 'def', uid: 1", "apiKey: '[redacted]', secret: '[redacted]', uid: 1"],
    ['BINANCE_API_KEY="abc" BINANCE_API_SECRET=\'def\'', "BINANCE_API_KEY=\"[redacted]\" BINANCE_API_SECRET='[redacted]'"],
    ['{"privateKey":"abc","password":"def"}', '{"privateKey":"[redacted]","password":"[redacted]"}'],
  ])('knows the labels in %j', (text, expected) => {
    expect(redactor.redact(text)).toBe(expected);
  });

  it.each(['set BINANCE_API_KEY and BINANCE_API_SECRET', 'the signature of a request', 'no secret is shown', 'a bad password: try again', 'sma_cross fast_window=10'])('leaves the words in %j', (text) => {
    expect(redactor.redact(text)).toBe(text);
  });

  it('looks for none in long texts of our own', () => {
    expect(redactor.redactKnown('signature=abc')).toBe('signature=abc');
    expect(redactor.isEmpty).toBe(true);
  });
});

describe('redactValue', () => {
  const redactor = knowing(SECRET);

  it('reaches texts at any depth, in keys as in values, and keeps all others', () => {
    expect(redactor.redactValue({ a: [1, null, true, { [SECRET]: `x${SECRET}` }], at: new Date(0), none: undefined })).toEqual({
      a: [1, null, true, { '[redacted]': 'x[redacted]' }],
      at: '1970-01-01T00:00:00.000Z',
      none: undefined,
    });
  });

  it('makes texts of errors, with what caused them', () => {
    const shown = redactor.redactValue({ error: new Error(`outer ${SECRET}`, { cause: new TypeError(`inner ${SECRET}`, { cause: SECRET }) }) }) as { error: string };
    expect(shown.error).toMatch(/^Error: outer \[redacted\]\n +at [^]*\nCaused by: TypeError: inner \[redacted\]\n[^]*\nCaused by: \[redacted\]$/);
  });

  it('ends on what has no end', () => {
    const circle: Record<string, unknown> = { secret: SECRET };
    circle['self'] = circle;
    expect(inspect(redactor.redactValue(circle), { depth: 20 })).not.toContain(SECRET);
  });

  it('prints no bytes', () => {
    expect(redactor.redactValue({ body: Buffer.from(SECRET) })).toEqual({ body: '[64 bytes]' });
  });
});

describe('what a process says at its end', () => {
  beforeAll(() => knownSecrets.add(Secret.of(SECRET)));

  it('holds no secret, be the error one of ours, of others, or none at all', () => {
    expect(describeFailure(new ConfigError([{ path: 'symbol', message: `was ${SECRET}` }]))).toEqual({ text: 'CONFIG.INVALID: Invalid configuration:\n  - symbol: was [redacted]', exitCode: 2 });
    expect(describeFailure(new Error('x', { cause: new Error(`signature=abc ${SECRET}`) })).text).toMatch(/Caused by: Error: signature=\[redacted\] \[redacted\]/);
    expect(describeFailure(SECRET)).toEqual({ text: '[redacted]', exitCode: 1 });
  });
});
