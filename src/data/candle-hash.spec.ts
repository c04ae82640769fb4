import { candles, fetchedAlone } from '../../test/support/candle-builder.js';
import { candlesSha256 } from './candle-hash.js';

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
