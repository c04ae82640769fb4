import type { Exchange } from 'ccxt';

import { ConfigError } from '../domain/errors.js';
import type { ExchangeEnvironment } from '../domain/exchange-environment.js';
import { isLoopback } from './base-url.js';

/** Where Binance takes spot orders, by name: a library that was tampered with cannot send them elsewhere. */
const BINANCE_ORIGINS: Readonly<Record<ExchangeEnvironment, string>> = {
  production: 'https://api.binance.com',
  sandbox: 'https://testnet.binance.vision',
  demo: 'https://demo-api.binance.com',
};

/**
 * The only origins that requests may go to: where the exchange's own address table of the chosen environment points, or this machine.
 *
 * @throws ConfigError when the table points elsewhere
 */
export function originsOf(exchange: Exchange, { environment, baseUrl }: { readonly environment: ExchangeEnvironment; readonly baseUrl: string | null }): ReadonlySet<string> {
  const origins = new Set(addressesOf(exchange).map((address) => originOf(exchange, address)));
  for (const origin of origins) {
    if (baseUrl === null ? !origin.startsWith('https://') : origin !== new URL(baseUrl).origin || !isLoopback(baseUrl)) {
      throw new ConfigError([{ path: 'exchange.id', message: `${exchange.id} would be asked at ${origin}, which must not be` }]);
    }
  }
  if (baseUrl !== null || exchange.id !== 'binance') return origins;
  const own = BINANCE_ORIGINS[environment];
  if (originOfOrders(exchange) !== own) throw new ConfigError([{ path: 'exchange.environment', message: `orders would go to ${originOfOrders(exchange)}; ${environment} of binance is ${own}` }]);
  return new Set([own]);
}

/** Origin of the private endpoints. */
export function originOfOrders(exchange: Exchange): string {
  const api: unknown = exchange.urls.api;
  const named = typeof api === 'object' && api !== null ? (api as Record<string, unknown>) : {};
  const address = ['private', 'rest', 'spot'].map((name) => addresses(named[name]).at(0)).find((found) => found !== undefined) ?? addressesOf(exchange).at(0);
  if (address === undefined) throw new ConfigError([{ path: 'exchange.id', message: `${exchange.id} has no address` }]);
  return originOf(exchange, address);
}

function addressesOf(exchange: Exchange): readonly string[] {
  return addresses(exchange.urls.api).filter((address) => !address.startsWith('ws'));
}

function addresses(table: unknown): readonly string[] {
  if (typeof table === 'string') return [table];
  return typeof table === 'object' && table !== null ? Object.values(table).flatMap(addresses) : [];
}

function originOf(exchange: Exchange, address: string): string {
  return new URL(exchange.implodeHostname(address)).origin;
}
