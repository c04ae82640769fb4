import { ExchangeUnavailable } from '../../../src/domain/errors.js';
import type { Effect } from '../../support/exchange/faults/effect.js';
import { useTemporaryFolder } from '../../support/temporary-folder.js';
import { hour, HOUR, MarketDataBench } from '../../support/market-data-bench.js';

const inFolder = useTemporaryFolder();
const BACKOFF = [187.5, 375, 750, 1500]; // 250, 500, 1000, 2000 times three quarters
const EVERYTHING = { match: { path: '' } };

async function failure(work: Promise<unknown>): Promise<ExchangeUnavailable> {
  const error: unknown = await work.then(
    () => 'nothing failed',
    (reason: unknown) => reason,
  );
  if (!(error instanceof ExchangeUnavailable)) throw error;
  return error;
}

const waitsRespected = (bench: MarketDataBench): unknown => bench.exchange.control({ command: 'assert', name: 'backoffRespected' });

describe('limits of the exchange', () => {
  it('F78 after 429 no question is asked before the time that the exchange names', async () => {
    const bench = new MarketDataBench(inFolder());
    bench.exchange.control({ command: 'effect', type: 'weight', used: 6001 });
    const waits: string[] = [];
    await bench.download(-20, 0, { onWait: (ms, reason) => waits.push(`${ms}: ${reason}`) });
    expect(bench.hours).toHaveLength(20);
    // 22:13:20, and the minute ends forty seconds later
    expect(bench.pace.sleeps).toEqual([40_000]);
    expect(waits).toEqual(['40000: binance: reading the time failed (DDoSProtection, -1003); it wants to be left alone for 40 s']);
    expect(waitsRespected(bench)).toMatchObject({ ok: true });
  });

  it('F78 on whatever question it comes', async () => {
    for (const path of ['time', 'exchangeInfo', 'klines']) {
      const bench = new MarketDataBench(inFolder(path));
      bench.spoil({ type: 'http', status: 429, headers: { 'Retry-After': '7' }, body: '{"code":-1003,"msg":"Too much request weight used."}' }, { match: { path }, times: 2 });
      expect((await bench.download(-20)).added).toBe(20);
      expect(bench.pace.sleeps).toEqual([7000, 7000]);
    }
  });

  it('F78 without a time named it waits as after any other failure', async () => {
    const bench = new MarketDataBench(inFolder());
    bench.spoil({ type: 'error', status: 429, code: -1003 }, { match: { path: 'klines' }, times: 1 });
    expect((await bench.download(-20)).added).toBe(20);
    expect(bench.pace.sleeps).toEqual([BACKOFF[0]]);
  });

  it('F79 a ban of two minutes is sat out', async () => {
    const bench = new MarketDataBench(inFolder());
    bench.exchange.control({ command: 'effect', type: 'ban', sec: 120 });
    expect((await bench.download(-20)).added).toBe(20);
    expect(bench.pace.sleeps).toEqual([120_000]);
    expect(waitsRespected(bench)).toMatchObject({ ok: true });
  });

  it('F79 a ban of an hour ends the download at once, saying how long it lasts', async () => {
    const bench = new MarketDataBench(inFolder());
    bench.exchange.control({ command: 'effect', type: 'ban', sec: 3600 });
    const error = await failure(bench.download(-20));
    expect(error.message).toBe('binance: reading the time failed (DDoSProtection, -1003); it wants to be left alone for 3600 s');
    expect([error.retryAfterMs, bench.pace.sleeps, bench.requests.length]).toEqual([3_600_000, [], 1]);
  });

  it('F78 from half of the weight on it waits for the next minute before it asks again', async () => {
    const bench = new MarketDataBench(inFolder());
    await bench.download(-20, -10);
    expect(bench.client.pauseMs()).toBe(0);
    bench.exchange.control({ command: 'effect', type: 'weight', used: 3001 });
    await bench.client.serverTime();
    expect(bench.client.pauseMs()).toBe(40_000);
    const waits: string[] = [];
    await bench.download(-10, 0, { onWait: (ms, reason) => waits.push(`${ms}: ${reason}`) });
    expect(waits).toEqual(["40000: half of the exchange's request limit is used"]);
    expect(bench.pace.sleeps).toEqual([40_000]);
    expect(bench.exchange.control({ command: 'assert', name: 'weightBelow', args: { pct: 51 } })).toMatchObject({ ok: true });
  });
});

describe('an exchange that is away', () => {
  const outages: { why: string; effect: Effect; says: string }[] = [
    { why: '500', effect: { type: 'error', status: 500, code: -1000 }, says: 'OperationFailed, -1000' },
    { why: '502 with a page', effect: { type: 'http', status: 502, body: '<html>Bad Gateway</html>' }, says: 'ExchangeNotAvailable' },
    { why: '503', effect: { type: 'error', status: 503, code: -1008 }, says: '-1008' },
    { why: '504', effect: { type: 'error', status: 504, code: -1007 }, says: 'RequestTimeout, -1007' },
    { why: '403 with a page', effect: { type: 'http', status: 403, body: '<html>Forbidden</html>' }, says: 'ExchangeNotAvailable' },
    { why: 'a reset connection', effect: { type: 'reset' }, says: 'NetworkError, ECONNRESET' },
    { why: 'a reset in the body', effect: { type: 'reset', atByte: 10 }, says: 'ECONNRESET' },
    { why: 'a refused connection', effect: { type: 'refuse', ms: 100 }, says: 'NetworkError, ECONNREFUSED' },
    { why: 'a closed connection', effect: { type: 'close' }, says: 'NetworkError' },
    { why: 'a connection closed in the body', effect: { type: 'close', atByte: 10 }, says: 'NetworkError' },
    { why: 'no answer in time', effect: { type: 'latency', ms: 20_000 }, says: 'RequestTimeout' },
    { why: 'a redirection', effect: { type: 'redirect', location: 'http://example.org/' }, says: 'NetworkError' },
  ];

  it.each(outages)('F77 $why is tried five times, then told without any address', async ({ effect, says }) => {
    const bench = new MarketDataBench(inFolder());
    bench.spoil(effect, EVERYTHING);
    const { message, retryable } = await failure(bench.download(-20));
    expect(message).toMatch(/^binance: reading the time failed \(.*\)$/);
    expect(message).toContain(says);
    expect(message).not.toMatch(/https?:|api\/v3|127\.0\.0\.1|\?/);
    expect([retryable, bench.pace.sleeps, bench.files]).toEqual([true, BACKOFF, {}]);
  });

  it.each(outages)('F77 $why three times in a row is survived', async ({ effect }) => {
    const bench = new MarketDataBench(inFolder());
    bench.spoil(effect, { ...EVERYTHING, times: 3 });
    expect((await bench.download(-20)).added).toBe(20);
  });

  it('F77 what was fetched before the exchange went away is kept, and the next download goes on there', async () => {
    const minutes = { timeframe: '1m' as const, config: { feed: { BTCUSDT: { stepMs: HOUR / 60, historyMs: 60 * HOUR } } } };
    const bench = new MarketDataBench(inFolder(), minutes);
    bench.spoil({ type: 'reset' }, { when: { nth: [2, 3, 4, 5, 6] } });
    await failure(bench.download(-40));
    expect(bench.store.load('BTC/USDT', '1m').rows.openTime).toHaveLength(1000);
    await bench.download(-40);
    const clean = new MarketDataBench(inFolder('clean'), minutes);
    await clean.download(-40);
    expect(bench.files).toEqual(clean.files);
  });

  it('F77 the bot hears what is missing and what would fetch it', async () => {
    const bench = new MarketDataBench(inFolder());
    bench.exchange.control({ command: 'effect', type: 'maintenance', ms: 10 * HOUR });
    const { message } = await failure(bench.data.history({ symbol: 'BTC/USDT', timeframe: '1h', source: bench.source, fromMs: hour(-5), toMs: hour(0), warmupBars: 0, nowMs: bench.exchange.now }));
    expect(message).toContain('data download --symbol BTC/USDT --timeframe 1h --start 2023-11-14T17:00:00.000Z --end 2023-11-14T22:00:00.000Z');
  });

  it('F85 a body that stalls ends by our own deadline', async () => {
    const bench = new MarketDataBench(inFolder(), { timeoutMs: 40, fetch: { onStall: 'hang' } });
    bench.spoil({ type: 'stall', atByte: 20 });
    const started = Date.now();
    const { message } = await failure(bench.download(-20));
    expect(message).toMatch(/binance did not answer within 0\.04 s \(reading 1h candles of BTC\/USDT\)|RequestTimeout/);
    expect(Date.now() - started).toBeLessThan(5000); // five tries of 40 ms
    expect(bench.files).toEqual({});
  });
});
