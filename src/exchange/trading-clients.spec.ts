import ccxt, { type Exchange } from 'ccxt';

import { clientOf, stillExchange } from '../../test/support/trading-bench.js';
import { ConfigError } from '../domain/errors.js';
import { withOrigin } from './base-url.js';
import { originsOf } from './exchange-origins.js';

describe('where orders go', () => {
  it.each([
    ['production', 'https://api.binance.com'],
    ['sandbox', 'https://testnet.binance.vision'],
    ['demo', 'https://demo-api.binance.com'],
  ] as const)('%s of Binance is %s', async (environment, origin) => {
    const client = await clientOf(stillExchange(), { environment, baseUrl: null });
    expect(client.origin).toBe(origin);
    // The test exchange stands behind this very address: every request has passed the check of its host.
    expect(await client.balances()).toMatchObject({ USDT: { free: '100000' } });
  });

  it('is this machine where that was asked for', async () => {
    expect((await clientOf(stillExchange(), { baseUrl: 'http://127.0.0.1:8080' })).origin).toBe('http://127.0.0.1:8080');
  });

  it.each([
    ['an address elsewhere', { baseUrl: 'https://example.org' }],
    ['an address that looks like this machine', { baseUrl: 'http://127.0.0.1.example.org' }],
    ['an exchange that is none', { exchange: 'binanse' }],
    ['a world that the exchange has not', { exchange: 'kraken', environment: 'sandbox' as const, baseUrl: null }],
  ])('is refused for %s', async (_, options) => {
    await expect(clientOf(stillExchange(), options)).rejects.toBeInstanceOf(ConfigError);
  });

  it.each([
    ['another host', 'https://api.binance.com.example.org'],
    ['the test network', 'https://testnet.binance.vision'],
    ['no encryption', 'http://api.binance.com'],
  ])('is refused when the address table of the library leads to %s', (_, origin) => {
    const exchange = new ccxt.binance() as Exchange;
    exchange.urls.api = withOrigin(exchange.urls.api, origin) as typeof exchange.urls.api;
    expect(() => originsOf(exchange, { environment: 'production', baseUrl: null })).toThrow(ConfigError);
  });

  it.each(['kraken', 'coinbase', 'bybit', 'okx', 'kucoin'])('is known of %s', async (id) => {
    const client = await clientOf(stillExchange(), { exchange: id, baseUrl: null });
    expect(client.origin).toMatch(/^https:\/\/[a-z.-]+\.[a-z]+$/);
  });
});

describe('what a key may do', () => {
  it('is told by the endpoint about keys', async () => {
    const exchange = stillExchange({ keys: [{ restrictions: { enableWithdrawals: true, ipRestrict: false } }] });
    expect(await (await clientOf(exchange)).permissions()).toMatchObject({ canTrade: true, canWithdraw: true, ipRestricted: false });
  });

  it.each(['sandbox', 'demo'] as const)('is not known in %s, where there is none, beyond what the account may do', async (environment) => {
    const client = await clientOf(stillExchange(), { environment });
    expect(await client.permissions()).toEqual({ canTrade: true, canWithdraw: null, canTransfer: null, ipRestricted: null, tradingExpiresAt: null });
  });
});

describe('rules of a market', () => {
  it.each([
    ['TRADING', 'trading'],
    ['CANCEL_ONLY', 'cancel_only'],
    ['HALT', 'halted'],
    ['BREAK', 'halted'],
  ])('F45 %s is %s', async (status, expected) => {
    const exchange = stillExchange();
    exchange.control({ command: 'effect', type: 'symbol', symbol: 'BTCUSDT', status });
    expect(await (await clientOf(exchange)).rules('BTC/USDT')).toMatchObject({ status: expected, lotStep: '0.00001' });
  });

  it('F46 that is not listed any more is gone', async () => {
    const exchange = stillExchange();
    const client = await clientOf(exchange);
    exchange.control({ command: 'effect', type: 'symbol', symbol: 'BTCUSDT', delist: true });
    expect(await client.rules('BTC/USDT')).toMatchObject({ symbol: 'BTC/USDT', status: 'gone' });
  });

  it('F91 are read anew every time', async () => {
    const exchange = stillExchange();
    const client = await clientOf(exchange);
    expect(await client.rules('BTC/USDT')).toMatchObject({ lotStep: '0.00001', minNotional: '5' });
    exchange.control({ command: 'effect', type: 'filters', symbol: 'BTCUSDT', filters: { step: '0.001', minNotional: '10' } });
    expect(await client.rules('BTC/USDT')).toMatchObject({ lotStep: '0.001', minNotional: '10' });
  });
});
