import { candles } from '../../../test/support/candle-builder.js';
import { strategyRegistry } from '../../../test/support/strategies.js';

const registry = await strategyRegistry();

describe('macd_cross', () => {
  const bound = registry.bind('macd_cross', { fast_window: 1, slow_window: 3, signal_window: 3 });

  it('buys where the line comes above its signal and sells where it comes below', () => {
    const market = candles().closes(8, 8, 8, 8, 8, 12, 12, 8).build();
    // Row:     4   5   6    7
    // Slow:    8   10  11   9.5
    // Line:    0   2   1    -1.5
    // Signal:  0   1   1    -0.25
    const { signals, indicators } = bound.frame(market);
    expect([...indicators['macd'].slice(4)]).toEqual([0, 2, 1, -1.5]);
    expect([...indicators['signal'].slice(4)]).toEqual([0, 1, 1, -0.25]);
    expect([...signals]).toEqual([0, 0, 0, 0, 0, 1, 0, -1]);
  });

  it('says nothing before the signal line exists', () => {
    const { signals, indicators } = bound.frame(candles().closes(5, 4, 6, 3, 7).build());
    expect([...signals]).toEqual([0, 0, 0, 0, 0]);
    expect(indicators['signal'][3]).toBe(NaN);
  });

  it('asks for both averages in a chain', () => {
    expect(registry.bind('macd_cross', {}).warmupBars).toBe(851 + 1);
  });
});
