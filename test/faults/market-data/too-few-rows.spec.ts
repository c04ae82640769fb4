import { entryProblem } from '../../../src/data/live-window.js';
import { useTemporaryFolder } from '../../support/temporary-folder.js';
import { hour, HOUR, MarketDataBench, NOW, refusal, SYMBOL } from '../../support/market-data-bench.js';

const inFolder = useTemporaryFolder();
const young = { config: { feed: { BTCUSDT: { stepMs: HOUR / 3, historyMs: 10 * HOUR } } } };

describe('fewer rows than the strategy needs', () => {
  it('F42 the history of a young market begins with its first candle, and says how much warm-up there is', async () => {
    const bench = new MarketDataBench(inFolder(), young);
    const { candles, from } = await bench.data.history({ symbol: SYMBOL, timeframe: '1h', source: bench.source, fromMs: hour(-5), toMs: hour(0), warmupBars: 50, nowMs: NOW });
    expect([from, candles.length, candles.openTime[from]]).toEqual([5, 10, hour(-5)]);
    expect(entryProblem(candles, 51, NOW)).toEqual({ code: 'SHORT', message: 'There are only 10 candles; 51 are needed' });
    expect(entryProblem(candles, 10, NOW)).toBeNull();
  });

  it('F42 the window of a young market is short, and no row is made up for it', async () => {
    const bench = new MarketDataBench(inFolder(), young);
    const candles = await bench.data.recent({ symbol: SYMBOL, timeframe: '1h', source: bench.source, bars: 30, nowMs: NOW });
    expect([candles.length, candles.missingBars]).toEqual([10, 0]);
    expect(entryProblem(candles, 30, NOW)).toMatchObject({ code: 'SHORT' });
  });

  it('F42 an exchange that leaves out the older rows is found out, and nothing is remembered', async () => {
    const bench = new MarketDataBench(inFolder());
    bench.damage({ op: 'short', n: 5 });
    expect(await refusal(bench, () => bench.download(-30))).toMatch(/as the first of many and that of .* as the first of one/);
    bench.heal();
    expect((await bench.download(-30)).added).toBe(30);
  });

  it('F42 an exchange that leaves them out once is asked again', async () => {
    const bench = new MarketDataBench(inFolder());
    bench.damage({ op: 'short', n: 5 }, { times: 1 });
    expect((await bench.download(-30)).added).toBe(30);
  });
});

describe('no rows at all', () => {
  it('F43 an answer that is empty once is asked for again', async () => {
    const bench = new MarketDataBench(inFolder());
    bench.damage({ op: 'emptyOnce' });
    expect(await bench.download(-20)).toEqual({ added: 20, conflicts: [], reachedMs: hour(0) });
    expect(bench.pages).toEqual([[-20, 21], [-20, 21]]);
  });

  it('F43 an exchange that stays silent leaves nothing behind, neither file nor note, and is asked again the next time', async () => {
    const bench = new MarketDataBench(inFolder());
    bench.spoil({ type: 'replace', kind: '[]' });
    expect(await bench.download(-20)).toEqual({ added: 0, conflicts: [], reachedMs: hour(-20) });
    expect(bench.files).toEqual({});
    await expect(bench.data.recent({ symbol: SYMBOL, timeframe: '1h', source: bench.source, bars: 10, nowMs: NOW })).rejects.toMatchObject({ code: 'DATA.STALE' });
    bench.heal();
    expect((await bench.data.recent({ symbol: SYMBOL, timeframe: '1h', source: bench.source, bars: 10, nowMs: NOW })).length).toBe(10);
  });

  it('F43 an empty answer in the middle of a download keeps what came before, and the next download goes on there', async () => {
    const bench = new MarketDataBench(inFolder(), { timeframe: '1m', config: { feed: { BTCUSDT: { stepMs: HOUR / 60, historyMs: 60 * HOUR } } } });
    bench.spoil({ type: 'replace', kind: '[]' }, { when: { nth: [2, 3] } });
    const first = await bench.download(-30);
    expect(first.added).toBe(1000);
    expect(first.reachedMs).toBe(hour(-30) + 1000 * (HOUR / 60));
    expect((await bench.download(-30)).added).toBe(800);
    const clean = new MarketDataBench(inFolder('clean'), { timeframe: '1m', config: { feed: { BTCUSDT: { stepMs: HOUR / 60, historyMs: 60 * HOUR } } } });
    await clean.download(-30);
    expect(bench.files).toEqual(clean.files);
  });
});
