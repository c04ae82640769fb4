import { ExchangeRefused, ExchangeUnavailable } from '../../../src/domain/errors.js';
import { useTemporaryFolder } from '../../support/temporary-folder.js';
import { hour, HOUR, MarketDataBench, NOW, SYMBOL } from '../../support/market-data-bench.js';

const inFolder = useTemporaryFolder();

describe('a market in another state than trading', () => {
  it.each(['HALT', 'BREAK', 'END_OF_DAY', 'CANCEL_ONLY'])('F45 candles of a market in %s are still to be had, and after it new ones', async (status) => {
    const bench = new MarketDataBench(inFolder());
    bench.exchange.control({ command: 'symbol', symbol: 'BTCUSDT', status });
    expect((await bench.download(-20)).added).toBe(20);
    bench.exchange.advance(3 * HOUR);
    bench.exchange.control({ command: 'symbol', symbol: 'BTCUSDT', status: 'TRADING' });
    bench.exchange.advance(HOUR);
    await bench.fetch(hour(-20), hour(10));
    expect(bench.hours.at(-1)).toBe(3);
    expect(bench.candles.filter(([time, , , , , volume]) => time >= hour(1) && time < hour(3) && volume === 0)).toHaveLength(2); // nothing traded, and that is what they say
  });

  it('F46 a market that is gone is refused by name, at once, and its file is kept', async () => {
    const bench = new MarketDataBench(inFolder(), { config: { symbols: ['BTCUSDT', 'ETHUSDT'] } });
    await bench.download(-20);
    const before = bench.files;
    bench.exchange.control({ command: 'symbol', symbol: 'BTCUSDT', delist: true });
    bench.exchange.advance(HOUR);
    const later = new MarketDataBench(inFolder(), { exchange: bench.exchange }); // has never seen it listed
    for (const { client } of [bench, later]) {
      const asked = client.candles(SYMBOL, '1h', hour(0), 10);
      await expect(asked).rejects.toBeInstanceOf(ExchangeRefused);
      await expect(asked).rejects.toThrow(/no such market/);
    }
    await expect(bench.fetch(hour(-20), hour(1))).rejects.toMatchObject({ code: 'EXCHANGE.REFUSED', retryable: false });
    expect(bench.pace.sleeps).toEqual([]);
    expect(bench.files).toEqual(before);
  });

  it('F46 what is on file of a market that is gone can still be used', async () => {
    const bench = new MarketDataBench(inFolder());
    await bench.download(-20);
    bench.exchange.control({ command: 'symbol', symbol: 'BTCUSDT', delist: true });
    const { candles } = await bench.data.history({ symbol: SYMBOL, timeframe: '1h', source: bench.source, fromMs: hour(-20), toMs: hour(0), warmupBars: 0, nowMs: NOW });
    expect(candles.length).toBe(20);
  });

  it('F46 a list without any markets is a failure of the exchange, not the end of all markets', async () => {
    const bench = new MarketDataBench(inFolder());
    bench.spoil({ type: 'mutate', jsonPath: 'symbols', value: [] }, { match: { path: 'exchangeInfo' } });
    await expect(bench.download(-20)).rejects.toBeInstanceOf(ExchangeUnavailable);
    bench.heal();
    expect((await bench.download(-20)).added).toBe(20);
  });
});
