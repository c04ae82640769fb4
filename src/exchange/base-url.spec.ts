import { caught } from '../../test/support/caught.js';
import { ConfigError } from '../domain/errors.js';
import { testBaseUrl, withOrigin } from './base-url.js';

const ALLOWED = { ALLOW_LOOPBACK_EXCHANGE: '1' };
const refused = (url: string, env: Record<string, string> = ALLOWED): string => caught(ConfigError, () => testBaseUrl({ EXCHANGE_BASE_URL: url, ...env })).problems[0].message;

describe('another address for the exchange', () => {
  it.each([{}, { EXCHANGE_BASE_URL: '' }, ALLOWED])('is none where none is set: %j', (env) => {
    expect(testBaseUrl(env)).toBeNull();
  });

  it.each([
    ['http://127.0.0.1:8080', 'http://127.0.0.1:8080'],
    ['http://127.0.0.1:8080/', 'http://127.0.0.1:8080'],
    ['http://127.0.0.1:8080/some/path?query#part', 'http://127.0.0.1:8080'],
    ['http://localhost:9', 'http://localhost:9'],
    ['HTTP://LocalHost:9', 'http://localhost:9'],
    ['http://[::1]:9', 'http://[::1]:9'],
    ['https://127.0.0.1', 'https://127.0.0.1'],
    ['http://someone:secret@127.0.0.1:9', 'http://127.0.0.1:9'],
    ['http://2130706433:9', 'http://127.0.0.1:9'], // another way to write the same number
  ])('%s is taken as %s', (url, origin) => {
    expect(testBaseUrl({ EXCHANGE_BASE_URL: url, ...ALLOWED })).toBe(origin);
  });

  it.each([
    'https://api.binance.com',
    'http://192.168.0.1:8080',
    'http://0.0.0.0:8080',
    'http://127.0.0.2:8080',
    'http://127.0.0.1.example.org',
    'http://localhost.example.org',
    'http://example.org#127.0.0.1',
    'http://127.0.0.1@example.org',
    'http://[::ffff:127.0.0.1]:8080',
    'http://[::]:8080',
  ])('%s is refused: it may only name this machine', (url) => {
    expect(refused(url)).toMatch(/^may only name this machine \(127\.0\.0\.1\), was /);
  });

  it.each(['nonsense', '127.0.0.1:8080', '//127.0.0.1', 'http://', 'http://127.0.0.1:99999', 'http://127.0.0.1:x'])('%s is refused: it is no address', (url) => {
    expect(refused(url)).toBe(`must be an address such as http://127.0.0.1:8080, was ${JSON.stringify(url)}`);
  });

  it.each(['localhost:8080', 'ftp://127.0.0.1', 'file:///etc/passwd', 'ws://127.0.0.1', 'javascript:alert(1)'])('%s is refused: it is none of the web', (url) => {
    expect(refused(url)).toBe(`must begin with http:// or https://, was ${JSON.stringify(url)}`);
  });

  it.each([{}, { ALLOW_LOOPBACK_EXCHANGE: '' }, { ALLOW_LOOPBACK_EXCHANGE: '0' }, { ALLOW_LOOPBACK_EXCHANGE: 'true' }, { ALLOW_LOOPBACK_EXCHANGE: ' 1' }])('is not taken without the second word: %j', (env) => {
    expect(refused('http://127.0.0.1:8080', env as Record<string, string>)).toBe('is only taken together with ALLOW_LOOPBACK_EXCHANGE=1');
  });

  it('stands in the problem under the name of the variable', () => {
    expect(caught(ConfigError, () => testBaseUrl({ EXCHANGE_BASE_URL: 'http://example.org' })).problems).toEqual([{ path: 'EXCHANGE_BASE_URL', message: 'may only name this machine (127.0.0.1), was example.org' }]);
  });
});

describe('withOrigin', () => {
  it('changes the origin of every address, however deep, and nothing else', () => {
    const addresses = { public: 'https://api.binance.com/api/v3', rest: { private: 'https://{hostname}/v1?x=https://a.b', count: 3, none: null }, path: '/v1' };
    expect(withOrigin(addresses, 'http://127.0.0.1:9')).toEqual({ public: 'http://127.0.0.1:9/api/v3', rest: { private: 'http://127.0.0.1:9/v1?x=https://a.b', count: 3, none: null }, path: '/v1' });
  });

  it('leaves no address of the real library as it was', async () => {
    const { default: ccxt } = await import('ccxt');
    const flat = (value: unknown): unknown[] => (typeof value === 'object' && value !== null ? Object.values(value).flatMap(flat) : [value]);
    for (const id of ['binance', 'kraken', 'coinbase', 'bybit'] as const) {
      const moved = flat(withOrigin(new ccxt[id]().urls.api, 'http://127.0.0.1:9'));
      expect(moved.length).toBeGreaterThan(0);
      expect(moved.filter((url) => typeof url === 'string' && !url.startsWith('http://127.0.0.1:9'))).toEqual([]);
    }
  });
});
