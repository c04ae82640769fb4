import ccxt from 'ccxt';
import { pointAt, SPOT_ONLY } from '../ccxt-client.js';
import { FakeBinance, type FakeConfig } from '../fake-binance.js';
import type { Effect } from '../faults/effect.js';
import type { Servers } from './servers.js';

const NOW = 1_700_000_000_000;

let servers: Servers;
let exchange: FakeBinance;

async function serve(config: FakeConfig = {}): Promise<void> {
  exchange = new FakeBinance({ symbols: ['BTCUSDT'], ...config });
  servers = await exchange.listen();
}

const struckBy = (effect: Effect): Promise<void> => serve({ faults: [{ times: 1, effect }] });
const client = (settings = {}) => pointAt(new ccxt.binance({ ...SPOT_ONLY, ...settings }), servers.baseUrl);
const control = async (method: string, path: string, body?: object): Promise<unknown> => {
  const reply = await fetch(servers.controlUrl + path, { method, body: body && JSON.stringify(body) });
  return reply.json();
};

afterEach(() => servers.close());

describe('the API over HTTP', () => {
  it('answers ccxt on the loopback address', async () => {
    await serve();
    expect(new URL(servers.baseUrl).hostname).toBe('127.0.0.1');
    expect(await client().fetchTime()).toBe(NOW);
    expect(await client().fetchOHLCV('BTC/USDT', '1m')).toHaveLength(1);
  });

  it.each<[Effect, string, RegExp]>([
    [{ type: 'reset' }, 'NetworkError', /ECONNRESET|other side closed/],
    [{ type: 'close' }, 'NetworkError', /other side closed/],
    [{ type: 'redirect', location: 'https://example.test' }, 'NetworkError', /redirect/],
    [{ type: 'latency', ms: 400 }, 'RequestTimeout', /timed out/],
    [{ type: 'http', status: 502, body: '<html></html>' }, 'ExchangeNotAvailable', /502/],
    [{ type: 'close', atByte: 3 }, 'SocketError', /other side closed/],
    [{ type: 'reset', atByte: 3 }, 'Error', /ECONNRESET|aborted|terminated|other side closed/],
  ])('%j reaches ccxt as %s', async (effect, name, message) => {
    await struckBy(effect);
    const asked = client({ timeout: 200 }).fetchTime();
    const error = await asked.then(() => null, (thrown: Error) => thrown);
    expect(error?.message).toMatch(message);
    if (name !== 'Error') expect(error?.name).toBe(name);
  });

  it('holds a body back for as long as it stalls', async () => {
    await struckBy({ type: 'stall', atByte: 5, ms: 300 });
    const reply = await fetch(`${servers.baseUrl}/api/v3/time`);
    const headersAt = performance.now();
    expect(await reply.json()).toEqual({ serverTime: NOW });
    expect(performance.now() - headersAt).toBeGreaterThan(100);
  });

  it('lets a body drip', async () => {
    await struckBy({ type: 'drip', bytesPerSec: 100 });
    const began = performance.now();
    const reply = await fetch(`${servers.baseUrl}/api/v3/time`);
    expect(await reply.json()).toEqual({ serverTime: NOW }); // 28 bytes
    expect(performance.now() - began).toBeGreaterThan(180);
  });

  it('cuts JSON without breaking the connection', async () => {
    await struckBy({ type: 'truncate', bytes: 9 });
    const reply = await fetch(`${servers.baseUrl}/api/v3/time`);
    expect(reply.headers.get('content-length')).toBe('9');
    expect(await reply.text()).toBe('{"serverT');
  });

  it('refuses connections for a while and is back on the same port', async () => {
    await struckBy({ type: 'refuse', ms: 150 });
    await expect(client().fetchTime()).rejects.toThrow();
    await expect(client().fetchTime()).rejects.toThrow(/ECONNREFUSED/);
    await new Promise((resolve) => setTimeout(resolve, 200));
    exchange.advance(150);
    expect(await client().fetchTime()).toBe(NOW + 150);
  });

  it('does not offer the control plane', async () => {
    await serve();
    expect((await fetch(`${servers.baseUrl}/state`)).status).toBe(404);
    expect((await fetch(`${servers.baseUrl}/clock`, { method: 'POST', body: '{"advance":1}' })).status).toBe(404);
    expect(exchange.now).toBe(NOW);
  });
});

describe('the control plane over HTTP', () => {
  it('moves the clock and sets prices', async () => {
    await serve();
    expect(await control('POST', '/clock', { advance: 1000, skewMs: 5 })).toEqual({ now: NOW + 1000, serverTime: NOW + 1005 });
    await control('POST', '/price', { symbol: 'BTCUSDT', price: '123.45' });
    expect(await control('GET', '/state')).toMatchObject({ now: NOW + 1000, markets: { BTCUSDT: { last: '123.45000000' } } });
    expect(await control('POST', '/clock', { set: NOW })).toEqual({
      error: `clock.set: expected ${NOW + 1000} or later; was ${NOW}`,
    });
  });

  it('installs, counts and clears faults', async () => {
    await serve();
    const rules = [{ id: 'F', match: { path: '/time$' }, effect: { type: 'reset' } }];
    expect(await control('POST', '/faults', { rules })).toEqual(['F']);
    await expect(client().fetchTime()).rejects.toThrow();
    expect(await control('GET', '/faults')).toEqual([{ id: 'F', matches: 1, hits: 1 }]);
    await control('DELETE', '/faults');
    expect(await client().fetchTime()).toBe(NOW);
  });

  it('shows the journal from a number on and begins anew', async () => {
    await serve();
    await client().fetchTime();
    expect(await control('GET', '/journal?from=2')).toMatchObject([{ n: 2, type: 'request', path: '/api/v3/time' }]);
    await control('POST', '/reset', { config: { now: 1_600_000_000_000, symbols: ['ETHUSDT'] } });
    expect(await client().fetchTime()).toBe(1_600_000_000_000);
  });

  it('plans scripts, loads candles and changes symbols and keys', async () => {
    await serve();
    await control('POST', '/script', { entries: [{ atMs: 60_000, do: 'price', price: 7 }] });
    await control('POST', '/candles', { symbol: 'BTCUSDT', interval: '1h', rows: [[NOW - (NOW % 3_600_000), 1, 2, 1, 2, 3]] });
    await control('POST', '/symbol', { symbol: 'BTCUSDT', book: { levels: 3 } });
    await control('POST', '/key', { active: false });
    await control('POST', '/effect', { type: 'lag', endpoint: 'klineForming', ms: 9 });
    await control('POST', '/clock', { advance: 60_000 });
    expect(await control('GET', '/state')).toMatchObject({
      lags: { klineForming: 9 },
      markets: { BTCUSDT: { last: '7.00000000', book: { levels: 3 } } },
    });
    expect(await client().fetchOHLCV('BTC/USDT', '1h')).toMatchObject([[expect.anything(), 1, 7, 1, 7, expect.anything()]]);
  });

  it('ends both servers on request, after a last reply', async () => {
    await serve();
    expect(await control('POST', '/shutdown')).toEqual({});
    await new Promise((resolve) => setTimeout(resolve, 50));
    await expect(fetch(`${servers.baseUrl}/api/v3/time`)).rejects.toThrow('fetch failed');
    await expect(control('GET', '/state')).rejects.toThrow('fetch failed');
  });

  it('asks for a verdict and shows the ledger', async () => {
    await serve();
    expect(await control('POST', '/assert', { name: 'traded', args: { min: 1 } })).toEqual({
      name: 'traded',
      ok: false,
      problems: ['expected at least 1 executed orders; were 0'],
    });
    await control('POST', '/order', { symbol: 'BTCUSDT', side: 'BUY', quantity: '0.01' });
    expect(await control('GET', '/ledger')).toMatchObject({ BTCUSDT: { foreign: { netBase: '0.00999000' } } });
    await control('POST', '/balance', { asset: 'BTC', delta: '-0.005', reason: 'sold elsewhere' });
    await control('POST', '/operator');
    const last = (await control('GET', '/journal')) as { type: string }[];
    expect(last.slice(-3).map(({ type }) => type)).toEqual(['external', 'balance', 'env']);
    expect(await control('POST', '/profile', { name: 'calm', seed: 1, ticks: 10 })).toEqual([]);
  });

  it('tells a client of a rule that leads nowhere', async () => {
    await serve({ faults: [{ effect: { type: 'mutate', jsonPath: '$.a.b', value: 1 } }] });
    const reply = await fetch(`${servers.baseUrl}/api/v3/time`);
    expect([reply.status, await reply.text()]).toEqual([599, 'Error: jsonPath: $.a.b leads to no field of the reply']);
  });

  it.each([
    ['/nonsense', {}, /command: expected one/],
    ['/price', { symbol: 'NOPE', price: '1' }, /symbol: expected a listed one; was NOPE/],
    ['/effect', { type: 'nonsense' }, /effect: expected a known one/],
    ['/effect', { type: 'lag', endpoint: 'x', ms: 1 }, /lag: expected one of order/],
  ])('says what is wrong with %s %j', async (path, body, message) => {
    await serve();
    expect(await control('POST', path, body)).toEqual({ error: expect.stringMatching(message) as string });
  });
});

describe('an anchored clock', () => {
  it('follows the wall clock at its scale, price steps included', async () => {
    await serve({ mode: 'anchored', timeScale: 3000 });
    const first = await client().fetchTime();
    await new Promise((resolve) => setTimeout(resolve, 60));
    const passed = Number(await client().fetchTime()) - Number(first);
    expect(passed).toBeGreaterThan(150_000);
    expect(exchange.journal.filter(({ type }) => type === 'step').length).toBeGreaterThan(3);
  });

  it('carries a request out at the end of a latency in phase before', async () => {
    await serve({
      mode: 'anchored',
      faults: [{ times: 1, phase: 'before', effect: { type: 'latency', ms: 100 } }],
    });
    const began = performance.now();
    const told = await client().fetchTime();
    expect(performance.now() - began).toBeGreaterThan(90);
    expect(told).toBeGreaterThanOrEqual(NOW + 100);
  });
});
