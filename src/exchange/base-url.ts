import { ConfigError } from '../domain/errors.js';

export const BASE_URL_VARIABLE = 'EXCHANGE_BASE_URL';
export const LOOPBACK_VARIABLE = 'ALLOW_LOOPBACK_EXCHANGE';

const LOOPBACK_HOSTS = new Set(['127.0.0.1', 'localhost', '[::1]']);

/**
 * Another address for the exchange, for tests: only on this very machine, and only when the environment says so twice. Real
 * addresses come from the exchange library alone, so that no variable can send orders elsewhere.
 *
 * @returns null when none is set
 * @throws ConfigError when it is not on the loopback interface or the second word is missing
 */
export function testBaseUrl(env: Readonly<Record<string, string | undefined>>): string | null {
  const text = env[BASE_URL_VARIABLE];
  if (text === undefined || text === '') return null;
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    throw new ConfigError([{ path: BASE_URL_VARIABLE, message: `must be an address such as http://127.0.0.1:8080, was ${JSON.stringify(text)}` }]);
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw new ConfigError([{ path: BASE_URL_VARIABLE, message: `must begin with http:// or https://, was ${JSON.stringify(text)}` }]);
  if (!LOOPBACK_HOSTS.has(url.hostname)) throw new ConfigError([{ path: BASE_URL_VARIABLE, message: `may only name this machine (127.0.0.1), was ${url.hostname}` }]);
  if (env[LOOPBACK_VARIABLE] !== '1') throw new ConfigError([{ path: BASE_URL_VARIABLE, message: `is only taken together with ${LOOPBACK_VARIABLE}=1` }]);
  return url.origin;
}

/** Whether an address names this very machine. */
export function isLoopback(url: string): boolean {
  return URL.canParse(url) && LOOPBACK_HOSTS.has(new URL(url).hostname);
}

/** Every address in the library's table with its origin replaced. */
export function withOrigin(addresses: unknown, origin: string): unknown {
  if (typeof addresses === 'string') return addresses.replace(/^[a-z]+:\/\/[^/]+/, origin);
  if (typeof addresses !== 'object' || addresses === null) return addresses;
  return Object.fromEntries(Object.entries(addresses).map(([key, value]) => [key, withOrigin(value, origin)]));
}
