import { CandleStore } from '../../../src/data/candle-store.js';
import { downloadInto } from '../../../src/data/download.js';
import type { Pace } from '../../../src/data/pace.js';
import { CandleDataError, Interrupted } from '../../../src/domain/errors.js';
import { MarketClient, type RawCandle } from '../../../src/exchange/market-client.js';
import { filesOf } from '../../support/folder-files.js';
import { hour, HOUR, MarketDataBench, refusal, SYMBOL } from '../../support/market-data-bench.js';
import { useTemporaryFolder } from '../../support/temporary-folder.js';

const inFolder = useTemporaryFolder();
const MINUTE = 60_000;
const MINUTES = { timeframe: '1m' as const, config: { feed: { BTCUSDT: { stepMs: MINUTE, historyMs: 60 * HOUR } } } };
const STILL: Pace = { sleep: async () => {}, random: () => 0, now: () => 0 };

/** An exchange whose answers to questions for candles are made by a rule. */
class MadeUp extends MarketClient {
  readonly pageLimit = 1000;
  asked: number[] = [];

  constructor(private readonly answer: (sinceMs: number, limit: number) => number[]) {
    super();
  }

  pauseMs(): number {
    return 0;
  }

  async serverTime(): Promise<number> {
    return hour(0);
  }

  async candles(_symbol: string, _timeframe: string, sinceMs: number, limit: number): Promise<readonly RawCandle[]> {
    this.asked.push((sinceMs - hour(0)) / HOUR);
    return this.answer(sinceMs, limit).map((time) => [time, 5, 6, 4, 5, 1]);
  }

  rules(): never {
    throw new Error('nobody asks for rules here');
  }

  bookTop(): never {
    throw new Error('nobody asks for prices here');
  }

  download(from: number, to: number): ReturnType<typeof downloadInto> {
    return downloadInto(new CandleStore(inFolder()), this, { symbol: SYMBOL, timeframe: '1h', from: hour(from), to: hour(to) }, { pace: STILL });
  }
}

const hoursFrom = (sinceMs: number, count: number): number[] => Array.from({ length: count }, (_, i) => sinceMs + i * HOUR);

describe('pages', () => {
  it('follow each other with one candle in common, and each is asked for once', async () => {
    const bench = new MarketDataBench(inFolder(), MINUTES);
    const progress: number[] = [];
    const outcome = await bench.download(-40, 0, { onProgress: ({ done, total }) => progress.push(done / total) });
    expect(outcome).toEqual({ added: 2400, conflicts: [], reachedMs: hour(0) });
    expect(bench.pages.map(([from, limit]) => [Math.round(from * 60), limit])).toEqual([
      [-2400, 1000],
      [-1401, 1000],
      [-402, 403],
    ]);
    expect(progress).toEqual([1000 / 2400, 1999 / 2400, 1]);
  });

  it('are not asked for again where the file has them', async () => {
    const bench = new MarketDataBench(inFolder(), MINUTES);
    await bench.download(-30, -20);
    await bench.download(-10, -5);
    const before = bench.pages.length;
    await bench.download(-40, 0);
    expect(bench.pages.slice(before).map(([from, limit]) => [Math.round(from * 60), limit])).toEqual([
      [-40 * 60, 601], // ten hours, and the first candle on file
      [-20 * 60 - 1, 602], // the last candle on file, ten hours, the next on file
      [-5 * 60 - 1, 302],
    ]);
    await bench.download(-40, 0);
    expect(bench.pages).toHaveLength(before + 3);
  });

  it('that hold only what is known end the download: nothing is closed yet from there on', async () => {
    const bench = new MarketDataBench(inFolder());
    await bench.download(-20);
    expect(await bench.fetch(hour(-20), hour(5))).toEqual({ added: 0, conflicts: [], reachedMs: hour(0) });
    expect(bench.pages.slice(1)).toEqual([[-1, 7]]);
  });

  it('that lie before the start asked for are refused, and end the download', async () => {
    const stuck = new MadeUp(() => [hour(-50)]);
    await expect(stuck.download(-49, 0)).rejects.toThrow(/is the last and opens at .*, before the .* asked for: it brings nothing new/);
    const far = new MadeUp(() => [hour(-90), hour(-30)]);
    await expect(far.download(-40, 0)).rejects.toThrow(/row 1 opens at .*, before the/);
    expect([stuck.asked, far.asked, filesOf(inFolder())]).toEqual([[-49], [-40], {}]);
  });

  it.each([
    { why: 'always the same page', answer: (): number[] => hoursFrom(hour(-1000), 3) },
    { why: 'one candle at a time', answer: (sinceMs: number): number[] => hoursFrom(sinceMs, 2) },
  ])('of an exchange that gives $why come to an end with an error', async ({ answer }) => {
    const client = new MadeUp(answer);
    const error: unknown = await client.download(-1000, 0).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(CandleDataError);
    expect(client.asked.length).toBeLessThanOrEqual(1000 / 50 + 12);
  });

  it('that stay at the last candle known are the end of what the exchange has, and say where it lies', async () => {
    const client = new MadeUp((sinceMs) => [sinceMs]);
    expect(await client.download(-1000, 0)).toEqual({ added: 1, conflicts: [], reachedMs: hour(-999) });
    expect(client.asked).toEqual([-1000, -1000]);
  });

  it('of fifty candles are enough, fewer are given up', async () => {
    const slow = new MadeUp((sinceMs, limit) => hoursFrom(sinceMs, Math.min(limit, 51)));
    expect((await slow.download(-3000, -1)).added).toBe(2999);
    const slower = new MadeUp((sinceMs, limit) => hoursFrom(sinceMs, Math.min(limit, 3)));
    await expect(slower.download(-6000, -3000)).rejects.toThrow('Gave up on BTC/USDT 1h after 70 pages: the exchange gives too few candles at a time');
  });

  it('longer than asked for are refused', async () => {
    await expect(new MadeUp((sinceMs, limit) => hoursFrom(sinceMs, limit + 1)).download(-100, 0)).rejects.toThrow('row 102 is one more than the 101 asked for');
  });
});

describe('an interruption', () => {
  it('keeps what was fetched, and the next download goes on there', async () => {
    const bench = new MarketDataBench(inFolder(), MINUTES);
    const stop = new AbortController();
    let pages = 0;
    const onProgress = (): void => {
      if (++pages === 2) stop.abort();
    };
    await expect(bench.download(-40, 0, { signal: stop.signal, onProgress })).rejects.toBeInstanceOf(Interrupted);
    expect([bench.pages.length, bench.candles.length]).toEqual([2, 1999]);
    expect((await bench.download(-40)).added).toBe(401);
    expect(bench.pages).toHaveLength(3);
    expect(bench.requests.map(({ path }) => path.split('/').at(-1))).toEqual(['time', 'exchangeInfo', 'klines', 'time', 'klines', 'time', 'klines']);
    const clean = new MarketDataBench(inFolder('clean'), MINUTES);
    await clean.download(-40);
    expect(bench.files).toEqual(clean.files);
  });

  it('before the first question asks none', async () => {
    const bench = new MarketDataBench(inFolder());
    await expect(bench.download(-20, 0, { signal: AbortSignal.abort() })).rejects.toBeInstanceOf(Interrupted);
    expect([bench.requests, bench.files]).toEqual([[], {}]);
  });

  it.each(['a failure', 'a full minute'])('during the wait after %s asks no more', async (what) => {
    const bench = new MarketDataBench(inFolder());
    const stop = new AbortController();
    await bench.download(-20, -10);
    if (what === 'a failure') bench.spoil({ type: 'reset' }, { match: { path: '' } });
    else bench.exchange.control({ command: 'effect', type: 'weight', used: 3500 });
    await bench.client.serverTime().catch(() => {});
    const before = bench.requests.length;
    bench.pace.onSleep = () => stop.abort();
    await expect(bench.download(-10, 0, { signal: stop.signal })).rejects.toBeInstanceOf(Interrupted);
    expect(bench.requests.length - before).toBe(what === 'a failure' ? 1 : 0);
    expect(bench.hours).toHaveLength(10);
  });

  it('does not keep a page that was refused at the same moment', async () => {
    const bench = new MarketDataBench(inFolder());
    const stop = new AbortController();
    bench.damage({ op: 'set', index: 3, field: 'close', value: 'NaN' });
    expect(await refusal(bench, () => bench.download(-20, 0, { signal: stop.signal }))).toContain('close undefined');
  });
});
