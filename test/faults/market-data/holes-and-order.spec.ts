import { useTemporaryFolder } from '../../support/temporary-folder.js';
import { hour, HOUR, MarketDataBench, NOW, refusal, SYMBOL } from '../../support/market-data-bench.js';

const inFolder = useTemporaryFolder();
const upTo = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, i) => from + i);

/** The candles of an exchange without faults. */
async function soundCandles(from: number, to = 0): Promise<number[][]> {
  const bench = new MarketDataBench(inFolder('sound'));
  await bench.download(from, to);
  return bench.candles;
}

describe('missing rows', () => {
  it.each([
    { why: 'one row', operation: { op: 'drop', index: 5 } as const },
    { why: 'several rows', operation: { op: 'drop', from: 3, to: 9 } as const },
    { why: 'the first row', operation: { op: 'drop', index: 20 } as const },
  ])('F34 $why left out once are asked for again and found', async ({ operation }) => {
    const bench = new MarketDataBench(inFolder());
    bench.damage(operation, { times: 1 });
    expect((await bench.download(-20)).added).toBe(20);
    expect(bench.candles).toEqual(await soundCandles(-20));
    expect(bench.pages).toEqual([[-20, 21], [-20, 21]]);
  });

  it('F34 two answers that each lack other rows are put together', async () => {
    const bench = new MarketDataBench(inFolder());
    bench.damage({ op: 'drop', from: 3, to: 5 }, { when: { nth: [1] } });
    bench.damage({ op: 'drop', from: 10, to: 12 }, { when: { nth: [2] } });
    await bench.download(-20);
    expect(bench.candles).toEqual(await soundCandles(-20));
  });

  it('F34 two answers that contradict each other are refused', async () => {
    const bench = new MarketDataBench(inFolder());
    bench.damage({ op: 'drop', index: 5 }, { when: { nth: [1] } });
    bench.damage({ op: 'revise', index: 8, field: 'volume', mulBps: 20_000 }, { when: { nth: [2] } });
    expect(await refusal(bench, () => bench.download(-20))).toContain(`asked twice, it gave two different candles for ${new Date(hour(-8)).toISOString()}`);
  });

  it('F34 a halt is asked for twice, kept as a hole, remembered and not asked for again', async () => {
    const halted = { script: [{ atMs: 30_000, do: 'down' as const, forMs: 5 * HOUR }] }; // from 22:13:50 to 03:13:50
    const bench = new MarketDataBench(inFolder(), { config: { feed: { BTCUSDT: { ...halted, stepMs: HOUR / 3, historyMs: 200 * HOUR } } } });
    bench.exchange.advance(20 * HOUR);
    await bench.fetch(hour(-10), hour(15));
    expect(bench.hours).toEqual([...upTo(-10, 1), ...upTo(5, 15)]);
    expect(bench.pages).toEqual([[-10, 26], [-10, 26]]);
    await bench.fetch(hour(-10), hour(15));
    expect(bench.pages).toHaveLength(2);
    expect(bench.store.load(SYMBOL, '1h').covered).toEqual([{ from: hour(-10), to: hour(15) }]);
  });

  it('F34 a window with a halt in it is no ground for an entry, and says why', async () => {
    const { entryProblem } = await import('../../../src/data/live-window.js');
    const halted = { script: [{ atMs: 30_000, do: 'down' as const, forMs: 5 * HOUR }] };
    const bench = new MarketDataBench(inFolder(), { config: { feed: { BTCUSDT: { ...halted, stepMs: HOUR / 3, historyMs: 200 * HOUR } } } });
    bench.exchange.advance(8 * HOUR);
    const { now } = bench.exchange;
    const candles = await bench.data.recent({ symbol: SYMBOL, timeframe: '1h', source: bench.source, bars: 12, nowMs: now });
    expect(entryProblem(candles, 12, now)).toEqual({ code: 'GAP', message: '4 of the last 12 bars have no candle' });
    expect(entryProblem(candles, 3, now)).toBeNull();
  });

  it('F34 a halt before the first row of a page is believed only when a single candle asked for is the same first one', async () => {
    const bench = new MarketDataBench(inFolder(), { config: { feed: { BTCUSDT: { stepMs: HOUR / 3, historyMs: 10 * HOUR } } } });
    await bench.download(-50); // listed forty hours later
    expect(bench.hours[0]).toBeGreaterThan(-12);
    expect(bench.pages).toEqual([[-50, 51], [-50, 51], [-50, 1]]);
    await bench.download(-50);
    expect(bench.pages).toHaveLength(3);
  });
});

describe('rows out of order or there twice', () => {
  it.each([
    { why: 'twice, alike', operation: { op: 'dup', index: 4 } as const },
    { why: 'shuffled', operation: { op: 'shuffle' } as const },
    { why: 'newest first', operation: { op: 'reverse' } as const },
  ])('F35 rows $why are put right', async ({ operation }) => {
    const bench = new MarketDataBench(inFolder());
    bench.damage(operation);
    await bench.download(-20);
    // A row that is there twice takes the place of another one, so the answer may end a row earlier.
    const sound = await soundCandles(-20);
    expect(bench.candles).toEqual(sound.slice(0, bench.candles.length));
    expect(bench.candles.length).toBeGreaterThanOrEqual(19);
  });

  it('F35 two different rows of the same time refuse the answer', async () => {
    const bench = new MarketDataBench(inFolder());
    await bench.download(-30, -20);
    bench.damage({ op: 'set', index: 5, field: 'openTime', value: hour(-6) });
    expect(await refusal(bench, () => bench.download(-20))).toMatch(/DATA\.INVALID .*row \d+ \(.*\) is there twice, with different values/);
  });

  it('F35 whatever the order and the repetitions, the file is that of a clean download', async () => {
    const bench = new MarketDataBench(inFolder());
    bench.damage({ op: 'shuffle' });
    for (const [from, to] of [[-5, 0], [-40, -30], [-35, -3]]) await bench.download(from, to);
    const clean = new MarketDataBench(inFolder('clean'), { config: { now: NOW } });
    await clean.download(-40);
    expect(bench.files['BTC_USDT_1h.csv']).toBe(clean.files['BTC_USDT_1h.csv']);
    expect(bench.files['BTC_USDT_1h.csv.coverage.json']).toBe(clean.files['BTC_USDT_1h.csv.coverage.json']);
  });
});
