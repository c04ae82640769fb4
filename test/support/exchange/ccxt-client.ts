import ccxt from 'ccxt';
import { DEFAULT_KEY, DEFAULT_SECRET } from './config/config.js';
import { fetchFor, type FetchOptions } from './in-process.js';
import type { RequestHandler } from './base/wire.js';

/** An origin nobody listens on; requests in-process never get there. */
export const IN_PROCESS_URL = 'http://127.0.0.1:1';

interface HasUrls {
  urls: { api?: unknown };
}

/** Rewrites every address of a ccxt exchange's API to the given origin; paths stay. */
export function pointAt<T extends HasUrls>(exchange: T, baseUrl: string): T {
  exchange.urls.api = withOrigin(exchange.urls.api, baseUrl.replace(/\/$/, ''));
  return exchange;
}

/**
 * A real ccxt client of the fake, for spot only, with the default key. Under a virtual clock it has the exchange's time.
 *
 * @param settings ccxt's own, over those of `SPOT_ONLY`
 */
export function ccxtFor(
  exchange: RequestHandler & { readonly now: number },
  settings: object = {},
  options: FetchOptions = {},
): InstanceType<typeof ccxt.binance> {
  const client = new ccxt.binance({ ...SPOT_ONLY, apiKey: DEFAULT_KEY, secret: DEFAULT_SECRET, ...settings });
  client.fetchImplementation = fetchFor(exchange, options);
  if (exchange.isVirtual) client.milliseconds = () => exchange.now;
  return pointAt(client, IN_PROCESS_URL);
}

/** ccxt settings with which `loadMarkets` is one request. */
export const SPOT_ONLY = {
  enableRateLimit: false,
  options: { fetchMarkets: { types: ['spot'] }, fetchCurrencies: false, fetchMargins: false },
};

function withOrigin(urls: unknown, origin: string): unknown {
  if (typeof urls === 'string') return urls.replace(/^https?:\/\/[^/]+/, origin);
  if (typeof urls !== 'object' || urls === null) return urls;
  return Object.fromEntries(Object.entries(urls).map(([name, url]) => [name, withOrigin(url, origin)]));
}
