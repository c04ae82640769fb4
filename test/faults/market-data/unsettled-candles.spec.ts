import { SETTLE_MS } from '../../../src/data/candle-page.js';
import { useTemporaryFolder } from '../../support/temporary-folder.js';
import { hour, HOUR, MarketDataBench, NOW } from '../../support/market-data-bench.js';

const inFolder = useTemporaryFolder();

describe('candles that are not settled yet', () => {
  it('F31 the newest row, still forming, is not taken', async () => {
    const bench = new MarketDataBench(inFolder());
    const outcome = await bench.fetch(hour(-10), hour(1));
    expect(outcome).toEqual({ added: 10, conflicts: [], reachedMs: hour(0) });
    expect(bench.hours).toEqual([-10, -9, -8, -7, -6, -5, -4, -3, -2, -1]);
  });

  it("F31 what is closed is told by the exchange's clock, whatever ours says", async () => {
    const bench = new MarketDataBench(inFolder());
    bench.exchange.control({ command: 'clock', set: hour(1) + SETTLE_MS + 500, skewMs: -1000 }); // its own clock says half a second less than the settle time
    await bench.fetch(hour(-3), hour(5));
    expect(bench.hours).toEqual([-3, -2, -1]);
  });

  it('F31 a candle that begins between the question for the time and the one for candles is dropped, not taken for one of the future', async () => {
    const bench = new MarketDataBench(inFolder());
    bench.exchange.control({ command: 'clock', set: hour(1) - 5 });
    bench.spoil({ type: 'latency', ms: 10 }, { match: { path: '^/api/v3/time$' } });
    await bench.fetch(hour(-3), hour(5));
    expect(bench.hours).toEqual([-3, -2, -1]);
    expect(bench.exchange.now).toBeGreaterThan(hour(1));
  });

  it('F32 a closed row that the exchange still changes is not taken before the settle time', async () => {
    const bench = new MarketDataBench(inFolder(), { config: { lag: { klineFinal: SETTLE_MS } } });
    bench.exchange.control({ command: 'clock', set: hour(1) + SETTLE_MS - 1 });
    await bench.fetch(hour(-3), hour(5));
    expect(bench.hours).toEqual([-3, -2, -1]);
    bench.exchange.advance(1);
    await bench.fetch(hour(-3), hour(5));
    expect(bench.hours).toEqual([-3, -2, -1, 0]);
    const settled = bench.candles;
    bench.exchange.advance(20 * HOUR);
    const clean = new MarketDataBench(inFolder('clean'), { config: { now: NOW + 20 * HOUR, feed: { BTCUSDT: { stepMs: HOUR / 3, historyMs: 220 * HOUR } } } });
    await clean.fetch(hour(-3), hour(1));
    expect(settled.map((row) => row[0])).toEqual(clean.candles.map((row) => row[0]));
    const later = await bench.fetch(hour(-3), hour(5));
    expect(later.conflicts).toEqual([]); // what was taken then is what the exchange tells for good
  });

  it('F32 a candle that changed after the settle time all the same is reported, and the older one stays', async () => {
    const bench = new MarketDataBench(inFolder(), { config: { lag: { klineFinal: 10_000 } } });
    bench.exchange.control({ command: 'clock', set: hour(1) + 5000 });
    await bench.fetch(hour(-3), hour(5));
    const before = bench.candles;
    bench.exchange.advance(HOUR);
    const outcome = await bench.fetch(hour(-3), hour(5));
    expect(outcome).toMatchObject({ added: 1, conflicts: [hour(0)] });
    expect(bench.candles.slice(0, -1)).toEqual(before);
  });

  it('F33 a closed row that the exchange revises later keeps its older form and is reported', async () => {
    const bench = new MarketDataBench(inFolder());
    await bench.download(-20);
    const before = bench.candles;
    bench.exchange.advance(2 * HOUR);
    bench.damage({ op: 'revise', index: 3, field: 'high', mulBps: 10_005 });
    const outcome = await bench.fetch(hour(-20), hour(2));
    expect(outcome).toEqual({ added: 2, conflicts: [hour(-1)], reachedMs: hour(2) });
    expect(bench.candles.slice(0, 20)).toEqual(before);
    expect(bench.hours.slice(-3)).toEqual([-1, 0, 1]);
  });

  it('F33 a revision on either side of a stretch that is filled in is reported', async () => {
    const bench = new MarketDataBench(inFolder());
    await bench.download(-20, -15);
    await bench.download(-10, -5);
    bench.damage({ op: 'revise', index: 0, field: 'volume', mulBps: 20_000 }, { when: { nth: [1] } });
    const outcome = await bench.download(-15, -10);
    expect(outcome).toEqual({ added: 5, conflicts: [hour(-10)], reachedMs: hour(-10) });
    expect(bench.pages.at(-1)).toEqual([-16, 7]);
    expect(bench.hours).toHaveLength(15);
  });
});
