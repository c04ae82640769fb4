import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { ConfigError, ExchangeUnavailable } from '../../../src/domain/errors.js';
import { CcxtMarketClients } from '../../../src/exchange/ccxt-market-client.js';
import type { MarketClient } from '../../../src/exchange/market-client.js';
import { FakeBinance } from '../../support/exchange/fake-binance.js';
import type { Effect } from '../../support/exchange/faults/effect.js';
import { hour, HOUR } from '../../support/market-data-bench.js';

const TIMEOUT_MS = 1000;

/** The client that the program uses, over a real connection. */
describe('over HTTP', () => {
  let exchange: FakeBinance;
  let client: MarketClient;
  let close: () => Promise<void>;

  beforeEach(async () => {
    exchange = new FakeBinance({ symbols: ['BTCUSDT'], feed: { BTCUSDT: { stepMs: HOUR / 3, historyMs: 60 * HOUR } } });
    const servers = await exchange.listen();
    close = servers.close;
    client = await new CcxtMarketClients(servers.baseUrl).open('binance', { timeoutMs: TIMEOUT_MS });
  });

  afterEach(() => close());

  const spoil = (effect: Effect): unknown => exchange.control({ command: 'faults', rules: [{ match: { path: 'klines' }, effect }] });
  const ask = (): Promise<unknown> => client.candles('BTC/USDT', '1h', hour(-20), 10);

  async function failure(): Promise<ExchangeUnavailable> {
    const error: unknown = await ask().then(
      () => 'nothing failed',
      (reason: unknown) => reason,
    );
    if (!(error instanceof ExchangeUnavailable)) throw error;
    expect(error.message).not.toMatch(/https?:|api\/v3|127\.0\.0\.1/);
    return error;
  }

  it('candles come as they do in-process', async () => {
    expect(await client.serverTime()).toBe(exchange.now);
    expect(await ask()).toHaveLength(10);
  });

  it.each<{ why: string; effect: Effect; says: RegExp }>([
    { why: 'a reset connection', effect: { type: 'reset' }, says: /ECONNRESET|UND_ERR_SOCKET/ },
    { why: 'a reset in the body', effect: { type: 'reset', atByte: 100 }, says: /ECONNRESET|UND_ERR_SOCKET/ },
    { why: 'a connection closed before the answer', effect: { type: 'close' }, says: /UND_ERR_SOCKET/ },
    { why: 'a connection closed in the body', effect: { type: 'close', atByte: 100 }, says: /UND_ERR_SOCKET/ },
    { why: 'a page instead of candles', effect: { type: 'replace', kind: 'html' }, says: /something else than candles/ },
    { why: 'an answer cut off', effect: { type: 'truncate', bytes: 300 }, says: /something else than candles/ },
    { why: 'nothing', effect: { type: 'replace', kind: 'empty' }, says: /something else than candles/ },
  ])('$why is a failure that may pass', async ({ effect, says }) => {
    spoil(effect);
    expect((await failure()).message).toMatch(says);
    exchange.control({ command: 'clearFaults' });
    expect(await ask()).toHaveLength(10);
  });

  it.each<{ why: string; effect: Effect }>([
    { why: 'stalls before its first byte', effect: { type: 'stall', atByte: 0 } },
    { why: 'stalls in the middle', effect: { type: 'stall', atByte: 700 } },
    { why: 'drips', effect: { type: 'drip', bytesPerSec: 200 } },
  ])('F85 a body that $why ends by our deadline, and the connection with it', async ({ effect }) => {
    await client.candles('BTC/USDT', '1h', hour(-20), 1);
    spoil(effect);
    const started = Date.now();
    expect((await failure()).message).toMatch(/did not answer within 1 s|RequestTimeout/);
    expect(Date.now() - started).toBeLessThan(20 * TIMEOUT_MS); // a minute or five without it
    const closed = Date.now();
    await close(); // waits for nobody
    expect(Date.now() - closed).toBeLessThan(5000);
  });

  it('F44 a body without an end is not read to its end', async () => {
    spoil({ type: 'replace', kind: 'huge' });
    expect((await failure()).message).toBe("The exchange's answer is longer than 8388608 bytes and was not read");
  });

  it('F84 a redirection is not followed', async () => {
    let visits = 0;
    const elsewhere: Server = createServer((_request, response) => {
      visits++;
      response.end('[]');
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => elsewhere.once('listening', resolve));
    spoil({ type: 'redirect', location: `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}/` });
    await failure().finally(() => elsewhere.close());
    expect(visits).toBe(0);
  });

  it('F77 nobody there is a failure that may pass, named by its code', async () => {
    await close();
    expect((await failure()).message).toMatch(/reading the list of markets failed \(\w+, ECONNREFUSED\)/);
  });
});

describe('clients by name', () => {
  it('are refused where there is no such exchange, with a hint', async () => {
    const open = new CcxtMarketClients().open('binanse', { timeoutMs: TIMEOUT_MS });
    await expect(open).rejects.toBeInstanceOf(ConfigError);
    await expect(open).rejects.toThrow(/unknown exchange "binanse".*binance/s);
  });
});
