import ccxt from 'ccxt';
import { ccxtFor } from '../ccxt-client.js';
import { FakeBinance } from '../fake-binance.js';
import type { Effect } from '../faults/effect.js';
import { fetchFor, type FetchOptions } from '../in-process.js';

const NOW = 1_700_000_000_000;

function struckBy(effect: Effect): FakeBinance {
  return new FakeBinance({ symbols: ['BTCUSDT'], faults: [{ times: 1, effect }] });
}

const time = (exchange: FakeBinance, options?: FetchOptions): Promise<unknown> => ccxtFor(exchange, {}, options).fetchTime();

describe('ccxt in-process', () => {
  it('loads the markets with exactly one request', async () => {
    const exchange = new FakeBinance({ symbols: ['BTCUSDT', 'DUSTUSDT'] });
    const client = ccxtFor(exchange);
    await client.loadMarkets();
    expect(exchange.journal.filter(({ type }) => type === 'request')).toMatchObject([
      { method: 'GET', path: '/api/v3/exchangeInfo', status: 200 },
    ]);
    expect(client.market('DUST/USDT')).toMatchObject({
      active: true,
      precision: { amount: 0.1, price: 0.01 },
      limits: { amount: { min: 0.1, max: 100_000 }, cost: { min: 10 } },
    });
  });

  it('reads time, candles, ticker and book', async () => {
    const client = ccxtFor(new FakeBinance({ symbols: ['BTCUSDT'], feed: { BTCUSDT: { historyMs: 3_600_000, volBps: 0 } } }));
    expect(await client.fetchTime()).toBe(NOW);
    const candles = await client.fetchOHLCV('BTC/USDT', '5m', undefined, 3);
    expect(candles.map(([openTime, open]) => [openTime, open])).toEqual(
      [2, 1, 0].map((back) => [1_699_999_800_000 - back * 300_000, 50_000]),
    );
    expect(await client.fetchTicker('BTC/USDT')).toMatchObject({ last: 50_000, bid: 49_999.99, ask: 50_000.01 });
    expect((await client.fetchOrderBook('BTC/USDT', 5)).asks[0]).toEqual([50_000.01, 1000]);
  });

  it.each<[Effect, string, RegExp]>([
    [{ type: 'reset' }, 'NetworkError', /ECONNRESET/],
    [{ type: 'close' }, 'NetworkError', /other side closed/],
    [{ type: 'refuse', ms: 100 }, 'NetworkError', /ECONNREFUSED/],
    [{ type: 'redirect', location: 'https://example.test' }, 'NetworkError', /redirect/],
    [{ type: 'latency', ms: 10_001 }, 'RequestTimeout', /timed out/],
    [{ type: 'reset', atByte: 3 }, 'Error', /ECONNRESET/],
    [{ type: 'close', atByte: 3 }, 'SocketError', /other side closed/],
    [{ type: 'stall', atByte: 3 }, 'BodyTimeoutError', /Body Timeout/],
    [{ type: 'http', status: 502, body: '<html></html>' }, 'ExchangeNotAvailable', /502/],
    [{ type: 'error', code: -1007 }, 'RequestTimeout', /-1007/],
    [{ type: 'weight', used: 6000 }, 'DDoSProtection', /-1003/],
  ])('%j is %s', async (effect, name, message) => {
    const exchange = struckBy(effect);
    const asked = effect.type === 'weight' ? time(exchange).then(() => time(exchange)) : time(exchange);
    await expect(asked).rejects.toMatchObject({ name, message: expect.stringMatching(message) as unknown });
  });

  it('takes no real time for what takes long in virtual time', async () => {
    const began = performance.now();
    const exchange = struckBy({ type: 'stall', atByte: 1 });
    await expect(time(exchange)).rejects.toThrow('Body Timeout Error');
    expect(exchange.now).toBe(NOW + 300_000);
    const slow = struckBy({ type: 'drip', bytesPerSec: 1 });
    await expect(time(slow)).resolves.toBe(NOW);
    expect(slow.now).toBe(NOW + 1000 * '{"serverTime":1700000000000}'.length);
    expect(performance.now() - began).toBeLessThan(2000);
  });

  it('lets a stall end, when it does so in time', async () => {
    const exchange = struckBy({ type: 'stall', atByte: 1, ms: 4000 });
    await expect(time(exchange, { bodyTimeoutMs: 5000 })).resolves.toBe(NOW);
    expect(exchange.now).toBe(NOW + 4000);
  });

  it('can hang for ever instead, to show a deadline of the client', async () => {
    const stuck = time(struckBy({ type: 'stall', atByte: 1 }), { onStall: 'hang' });
    const winner = await Promise.race([stuck, new Promise((resolve) => setTimeout(resolve, 20, 'deadline'))]);
    expect(winner).toBe('deadline');
  });
});

describe('fetchFor', () => {
  it('passes the query on exactly as written', async () => {
    const exchange = new FakeBinance({ symbols: ['BTCUSDT'] });
    const reply = await fetchFor(exchange)('http://127.0.0.1:1/api/v3/ticker/price?symbol=%42TCUSDT#there');
    expect(reply.headers.get('x-mbx-used-weight-1m')).toBe('2');
    expect(await reply.json()).toEqual({ symbol: 'BTCUSDT', price: '50000.00000000' });
  });

  it('does not even ask when its signal is aborted', async () => {
    const exchange = new FakeBinance();
    const asked = fetchFor(exchange)('http://127.0.0.1:1/api/v3/time', { signal: AbortSignal.abort() });
    await expect(asked).rejects.toMatchObject({ name: 'AbortError' });
    expect(exchange.journal.some(({ type }) => type === 'request')).toBe(false);
  });

  it('is what ccxt calls a network error by its own classes', async () => {
    await expect(time(struckBy({ type: 'reset' }))).rejects.toBeInstanceOf(ccxt.NetworkError);
  });
});
