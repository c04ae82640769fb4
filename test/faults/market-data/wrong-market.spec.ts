import { filesOf } from '../../support/folder-files.js';
import { useTemporaryFolder } from '../../support/temporary-folder.js';
import { hour, HOUR, MarketDataBench, refusal } from '../../support/market-data-bench.js';

const inFolder = useTemporaryFolder();

describe('an answer to another question', () => {
  it('F41 the prices of another market are seen by the last candle on file, and refused', async () => {
    const bench = new MarketDataBench(inFolder());
    await bench.download(-30, -20);
    bench.damage({ op: 'otherSymbol' });
    const words = await refusal(bench, () => bench.download(-20));
    expect(words).toContain('its candle of 2023-11-14T01:00:00.000Z');
    expect(words).toMatch(/has nothing in common with the one that is known \(open .*\)\. One of the two is of another market; if it is the file, move it away$/);
  });

  it('F41 a market whose prices are near, but not the same, is seen too', async () => {
    const config = { symbols: ['BTCUSDT', 'ETHUSDT'], feed: { ETHUSDT: { start: 62_000, stepMs: HOUR / 3, historyMs: 200 * HOUR } } };
    const bench = new MarketDataBench(inFolder(), { config });
    await bench.download(-30, -20);
    bench.damage({ op: 'otherSymbol', symbol: 'ETHUSDT' });
    expect(await refusal(bench, () => bench.download(-20))).toContain('nothing in common');
  });

  it('F41 it is seen before those on file and between them as well', async () => {
    const bench = new MarketDataBench(inFolder());
    await bench.download(-30, -20);
    await bench.download(-10);
    bench.damage({ op: 'otherSymbol' });
    expect(await refusal(bench, () => bench.download(-40, -30))).toContain('nothing in common');
    expect(await refusal(bench, () => bench.download(-20, -10))).toContain('nothing in common');
  });

  it('F41 of two pages that are not of the same market neither is kept', async () => {
    const bench = new MarketDataBench(inFolder('minutes'), { timeframe: '1m', config: { feed: { BTCUSDT: { stepMs: HOUR / 60, historyMs: 60 * HOUR } } } });
    bench.damage({ op: 'otherSymbol' }, { when: { nth: [1] } });
    expect(await refusal(bench, () => bench.download(-40))).toContain('nothing in common');
    expect(filesOf(inFolder('minutes'))).toEqual({});
    bench.heal();
    expect((await bench.download(-40)).added).toBe(2400);
  });

  it.each([
    { asked: '15m', given: '1h', words: 'rows are 1h apart everywhere; these are no candles of 15m' },
    { asked: '1h', given: '15m', words: 'is not on the 1h grid; rows are 15m apart' },
    { asked: '1h', given: '4h', words: 'rows are 4h apart everywhere; these are no candles of 1h' },
    { asked: '1h', given: '1m', words: 'is not on the 1h grid; rows are 1m apart' },
  ] as const)('F41 candles of $given in answer to a question for $asked are refused', async ({ asked, given, words }) => {
    let lies = false;
    const bench = new MarketDataBench(inFolder(), { timeframe: asked, rewrite: (url) => (lies ? url.replace(`interval=${asked}`, `interval=${given}`) : url) });
    await bench.download(-40, -30);
    lies = true;
    expect(await refusal(bench, () => bench.download(-30))).toContain(words);
  });

  it('F41 a start that is not heeded is found out by asking for a single candle, and the range is not remembered as empty', async () => {
    const bench = new MarketDataBench(inFolder());
    bench.damage({ op: 'ignoreStart' });
    const words = await refusal(bench, () => bench.download(-150, -100));
    expect(words).toMatch(/of the candles from .* on it gave that of .* as the first of many and none as the first of one/);
    bench.heal();
    expect((await bench.download(-150, -100)).added).toBe(50);
  });

  it('F41 a start that is not heeded makes no gap after those on file', async () => {
    const bench = new MarketDataBench(inFolder());
    await bench.download(-150, -140);
    bench.damage({ op: 'ignoreStart' });
    expect(await refusal(bench, () => bench.download(-140, -100))).toContain('as the first of one');
  });

  it('F41 a limit that is not heeded brings no more than was wanted', async () => {
    const bench = new MarketDataBench(inFolder());
    bench.damage({ op: 'ignoreLimit' });
    await bench.download(-150, -100);
    expect(bench.hours).toEqual(Array.from({ length: 50 }, (_, i) => i - 150));
  });

  it('F41 the message tells what to do when the wrong file is on disk: without it the download goes through', async () => {
    const bench = new MarketDataBench(inFolder());
    bench.damage({ op: 'otherSymbol' }); // a fresh file has nothing that could show it
    await bench.download(-30, -20);
    bench.heal();
    expect(await refusal(bench, () => bench.download(-20))).toContain('if it is the file, move it away');
    const fresh = new MarketDataBench(inFolder('fresh'));
    expect(await fresh.download(-20)).toEqual({ added: 20, conflicts: [], reachedMs: hour(0) });
  });
});
