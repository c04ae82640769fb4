import type { Exchange } from 'ccxt';

import { ConfigError } from '../domain/errors.js';
import type { ExchangeEnvironment } from '../domain/exchange-environment.js';
import { didYouMean } from '../domain/nearest-name.js';
import type { Secret } from '../domain/secret.js';
import { withOrigin } from './base-url.js';
import { BinanceDialect } from './binance-dialect.js';
import { CcxtTradingClient } from './ccxt-trading-client.js';
import { originOfOrders, originsOf } from './exchange-origins.js';
import type { StartDeadline } from './exchange-line.js';
import { speaksBinance } from './speaks-binance.js';
import type { TradingClient } from './trading-client.js';
import { UnifiedDialect } from './unified-dialect.js';

export interface Credentials {
  readonly apiKey: Secret;
  readonly secret: Secret;
  /** Third word that some exchanges give with a key; null or left out where there is none. */
  readonly password?: Secret | null;
}

export interface OpenTradingClient {
  /** ccxt's name of the exchange. */
  readonly exchange: string;
  readonly credentials: Credentials;
  /** ms that one call may take, its body included. */
  readonly timeoutMs: number;
  /** ms after its own timestamp at which the exchange stops taking a signed request. */
  readonly recvWindowMs: number;
  readonly environment: ExchangeEnvironment;
  /** An address on this machine to ask instead of the exchange's own; for tests. */
  readonly baseUrl: string | null;
  /** Another way to the network; for tests. */
  readonly fetch?: typeof fetch;
  /** Another clock, UTC ms; for tests. */
  readonly milliseconds?: () => number;
  /** Another way to wait for deadlines; for virtual time. */
  readonly startDeadline?: StartDeadline;
  /** Another steady clock, ms; for tests. Left out: `milliseconds`, where that is given. */
  readonly monotonic?: () => number;
}

/**
 * A client of one account. ccxt is loaded here, and not before: it takes longer than most commands.
 *
 * @throws ConfigError when there is no such exchange, no such environment, or an address that is not the exchange's own
 */
export async function openTradingClient(options: OpenTradingClient): Promise<TradingClient> {
  const exchange = await makeExchange(options);
  const origins = originsOf(exchange, options);
  if (options.milliseconds !== undefined) exchange.milliseconds = options.milliseconds;
  if (options.fetch !== undefined) exchange.fetchImplementation = options.fetch;
  const dialect = speaksBinance(exchange) ? new BinanceDialect(exchange) : new UnifiedDialect(exchange);
  const { timeoutMs, recvWindowMs, startDeadline, milliseconds, monotonic = milliseconds } = options;
  return new CcxtTradingClient(exchange, dialect, { origins, timeoutMs, recvWindowMs, startDeadline, monotonic, origin: originOfOrders(exchange) });
}

async function makeExchange({ exchange: id, credentials, timeoutMs, recvWindowMs, environment, baseUrl }: OpenTradingClient): Promise<Exchange> {
  const { default: ccxt } = await import('ccxt');
  const known = ccxt.exchanges as unknown as readonly string[];
  if (!known.includes(id)) throw new ConfigError([{ path: 'exchange.id', message: `unknown exchange "${id}".${didYouMean(id, known)}` }]);
  const Constructor = (ccxt as unknown as Record<string, new (options: object) => Exchange>)[id];
  const exchange = new Constructor({
    apiKey: credentials.apiKey.reveal(),
    secret: credentials.secret.reveal(),
    password: credentials.password?.reveal(),
    timeout: timeoutMs,
    // One of our own looks at the weight that the exchange reports; the library's guesses it.
    enableRateLimit: false,
    // Whatever is sent again could be an order.
    maxRetriesOnFailure: 0,
    verbose: false,
    options: { defaultType: 'spot', recvWindow: recvWindowMs, maxRetriesOnFailure: 0, fetchMarkets: { types: ['spot'] }, fetchCurrencies: false, fetchMargins: false, adjustForTimeDifference: false },
  });
  // Amounts stay the texts that the exchange wrote.
  exchange.number = String as unknown as typeof exchange.number;
  exchange.has['fetchCurrencies'] = false;
  enter(exchange, environment);
  if (baseUrl !== null) exchange.urls['api'] = withOrigin(exchange.urls['api'], baseUrl) as typeof exchange.urls.api;
  return exchange;
}

function enter(exchange: Exchange, environment: ExchangeEnvironment): void {
  if (environment === 'production') return;
  const table = environment === 'sandbox' ? 'test' : 'demo';
  if (exchange.urls[table] === undefined) throw new ConfigError([{ path: 'exchange.environment', message: `${exchange.id} has no ${environment}; use production` }]);
  if (environment === 'sandbox') exchange.setSandboxMode(true);
  else exchange.enableDemoTrading(true);
}
