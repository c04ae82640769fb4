import { entryProblem } from '../../../src/data/live-window.js';
import { useTemporaryFolder } from '../../support/temporary-folder.js';
import { hour, HOUR, MarketDataBench, NOW, refusal, SYMBOL } from '../../support/market-data-bench.js';

const inFolder = useTemporaryFolder();
const recent = (bench: MarketDataBench, bars: number) => bench.data.recent({ symbol: SYMBOL, timeframe: '1h', source: bench.source, bars, nowMs: bench.exchange.now });

describe('a feed that has stopped', () => {
  it('F38 the newest candles that should be there and are not are named, and no older ones are given for them', async () => {
    const bench = new MarketDataBench(inFolder());
    bench.damage({ op: 'stale', ms: 5 * HOUR });
    await expect(recent(bench, 10)).rejects.toMatchObject({
      code: 'DATA.STALE',
      message: expect.stringContaining('missing from 2023-11-14T18:00:00.000Z to 2023-11-14T22:00:00.000Z') as string,
    });
    bench.heal();
    const candles = await recent(bench, 10);
    expect([candles.length, candles.openTime[9]]).toEqual([10, hour(-1)]);
  });

  it('F38 a window that was fresh an hour ago is no ground for an entry now', async () => {
    const bench = new MarketDataBench(inFolder());
    const candles = await recent(bench, 10);
    expect(entryProblem(candles, 10, NOW)).toBeNull();
    expect(entryProblem(candles, 10, NOW + HOUR)).toEqual({
      code: 'STALE',
      message: 'The newest candle opens at 2023-11-14T21:00:00.000Z; 2023-11-14T22:00:00.000Z is the last one closed by now',
    });
  });

  it('F38 a halt up to now leaves the newest candle old, which is told from a feed that has stopped by nothing but its age', async () => {
    const halted = { script: [{ atMs: 30_000, do: 'down' as const, forMs: 50 * HOUR }], stepMs: HOUR / 3, historyMs: 200 * HOUR };
    const bench = new MarketDataBench(inFolder(), { config: { feed: { BTCUSDT: halted } } });
    bench.exchange.advance(8 * HOUR);
    await expect(recent(bench, 10)).rejects.toMatchObject({ code: 'DATA.STALE' });
  });
});

describe('rows that cannot be of that time', () => {
  it.each([1, 2, 50])('F39 %p rows that have not begun yet refuse the answer', async (n) => {
    const bench = new MarketDataBench(inFolder());
    await bench.download(-30, -20);
    bench.damage({ op: 'future', n });
    // The library takes no more rows than were asked for, so the question must leave room for them.
    expect(await refusal(bench, () => bench.fetch(hour(-20), hour(60)))).toMatch(/row \d+ opens at 2023-11-\d\dT.*, which is in the future$/);
  });

  it.each([1, 1000, 1_694_789, HOUR / 2, -1000])('F40 open times %p ms off the grid refuse the answer, saying so', async (ms) => {
    const bench = new MarketDataBench(inFolder());
    await bench.download(-30, -20);
    bench.damage({ op: 'misalign', ms });
    expect(await refusal(bench, () => bench.download(-20))).toMatch(/timestamp \d+ \(2023-11-.*\) is not on the 1h grid$/);
  });

  it('F40 a single row off the grid is enough', async () => {
    const bench = new MarketDataBench(inFolder());
    await bench.download(-30, -20);
    bench.damage({ op: 'set', index: 4, field: 'openTime', value: hour(-4) + 1_694_789 });
    expect(await refusal(bench, () => bench.download(-20))).toContain('(2023-11-14T18:28:14.789Z) is not on the 1h grid');
  });

  it('F40 times that leap by years are refused', async () => {
    const bench = new MarketDataBench(inFolder());
    bench.damage({ op: 'set', index: 4, field: 'openTime', value: 99_999_999_999_999_999 });
    expect(await refusal(bench, () => bench.download(-20))).toContain('timestamp 100000000000000000; expected a time');
    bench.heal();
    bench.damage({ op: 'set', index: 4, field: 'openTime', value: hour(-4) * 1000 });
    expect(await refusal(bench, () => bench.download(-20))).toContain('which looks like microseconds');
  });
});
