import { candles } from '../../../test/support/candle-builder.js';
import { strategyRegistry } from '../../../test/support/strategies.js';

const registry = await strategyRegistry();

describe('supertrend_follow', () => {
  const bound = registry.bind('supertrend_follow', { window: 1, multiplier: 1 });

  it('buys on the close that turns the trend up and sells on the close that turns it down', () => {
    const market = candles()
      .bar({ close: 10 })
      .bar({ close: 11, high: 12, low: 10 }) // bands 9 and 13
      .bar({ close: 15, high: 15, low: 11 }) // above 13: up
      .bar({ close: 8, high: 15, low: 8 }) // below the lower band, which is at 9
      .build();
    const { signals, indicators } = bound.frame(market);
    expect([...indicators['supertrend'].slice(1, 3)]).toEqual([13, 9]); // (15 + 11) / 2 - 4 = 9
    expect([...indicators['direction']]).toEqual([NaN, -1, 1, -1]);
    expect([...signals]).toEqual([0, 0, 1, -1]);
  });

  it('holds on through a market that stands still for longer than it remembers', () => {
    const market = candles().ramp(100, 200, 50).flat(200, 3000).build();
    expect([...registry.bind('supertrend_follow', {}).signals(market).values]).toEqual([1]);
  });

  it('asks for its average true range and the path after it', () => {
    expect(registry.bind('supertrend_follow', {}).warmupBars).toBe(460 + 1 + 512);
  });
});
