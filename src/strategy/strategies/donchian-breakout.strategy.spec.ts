import { candles } from '../../../test/support/candle-builder.js';
import { strategyRegistry } from '../../../test/support/strategies.js';

const registry = await strategyRegistry();

describe('donchian_breakout', () => {
  const bound = registry.bind('donchian_breakout', { entry_window: 2, exit_window: 1 });

  it('compares the close with the channel of the bars before it', () => {
    const market = candles()
      .bar({ close: 10, high: 11, low: 9 })
      .bar({ close: 10, high: 12, low: 9 })
      .bar({ close: 12, high: 12, low: 10 }) // on the highest high of 12: not above it
      .bar({ close: 13, high: 14, low: 11 }) // above 12
      .bar({ close: 13.5, high: 14, low: 13 }) // no longer above the channel, which is at 14 now
      .bar({ close: 12, high: 13.5, low: 12 }) // below the low of 13
      .build();
    const { signals, indicators } = bound.frame(market);
    expect([...indicators['upper']]).toEqual([NaN, NaN, 12, 12, 14, 14]);
    expect([...indicators['lower']]).toEqual([NaN, 9, 9, 10, 11, 13]);
    expect([...signals]).toEqual([0, 0, 0, 1, 0, -1]);
  });

  it('asks for its longer window and two bars', () => {
    expect(registry.bind('donchian_breakout', {}).warmupBars).toBe(21);
    expect(registry.bind('donchian_breakout', { exit_window: 50 }).warmupBars).toBe(51);
  });
});
