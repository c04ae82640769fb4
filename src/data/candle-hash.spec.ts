import fc from 'fast-check';

import { candles, fetchedAlone } from '../../test/support/candle-builder.js';
import { Candles, type CandleColumns } from '../domain/candles.js';
import { candleChecks, candlesSha256, firstChangedCandle } from './candle-hash.js';

const some = candles().flat(100, 3).ramp(100, 110, 5).gap(1).build();

describe('candlesSha256', () => {
  it('is the same for the same candles, wherever in memory they are', () => {
    expect(candlesSha256(fetchedAlone(some))).toBe(candlesSha256(some));
    expect(candlesSha256(fetchedAlone(some.slice(2, 6)))).toBe(candlesSha256(some.slice(2, 6)));
  });

  it('is another one for any other value, market, timeframe, length or mark', () => {
    const story = candles().flat(100, 3).ramp(100, 110, 5);
    const others = [
      some.slice(1),
      story.build(),
      candles().flat(100, 3).ramp(100, 110, 5).flat(110, 1).build(),
      candles().flat(100, 3).ramp(100, 110.01, 5).gap(1).build(),
      candles({ symbol: 'ETH/USDT' }).flat(100, 3).ramp(100, 110, 5).gap(1).build(),
      candles({ timeframe: '1d' }).flat(100, 3).ramp(100, 110, 5).gap(1).build(),
    ];
    const hashes = [some, ...others].map(candlesSha256);
    expect(new Set(hashes).size).toBe(hashes.length);
    for (const hash of hashes) expect(hash).toMatch(/^[0-9a-f]{64}$/);
  });
});

const series = candles().closes(...Array.from({ length: 50 }, (_, i) => 100 + (i % 7))).build();

const COLUMNS = ['open', 'high', 'low', 'close', 'volume'] as const;

/** The same candles with one price a little higher, which stays a possible candle. */
function changed(row: number): Candles {
  const columns = Object.fromEntries(['openTime', ...COLUMNS].map((name) => [name, Float64Array.from(series[name as keyof CandleColumns])])) as unknown as CandleColumns;
  columns.high[row] += 0.01;
  return Candles.of(series.symbol, series.timeframe, columns);
}

describe('the checks of candles', () => {
  it('agree with the candles that they were made of', () => {
    expect(firstChangedCandle(series, candleChecks(series))).toBeNull();
  });

  it('name the one candle that has changed, whichever it is', () => {
    fc.assert(
      fc.property(fc.nat(series.length - 1), (row) => {
        expect(firstChangedCandle(changed(row), candleChecks(series))).toBe(row);
      }),
    );
  });

  it('name the first candle that only one of the two has', () => {
    expect(firstChangedCandle(series.slice(0, 40), candleChecks(series))).toBe(40);
    expect(firstChangedCandle(series, candleChecks(series.slice(0, 40)))).toBe(40);
  });
});
