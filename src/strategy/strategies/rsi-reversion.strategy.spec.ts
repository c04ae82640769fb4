import { candles } from '../../../test/support/candle-builder.js';
import { strategyRegistry } from '../../../test/support/strategies.js';

const registry = await strategyRegistry();

describe('rsi_reversion', () => {
  it('buys where the strength falls below the lower level and sells where it rises above the upper one', () => {
    const bound = registry.bind('rsi_reversion', { window: 2, oversold: 30, overbought: 70 });
    // Changes +2, -2, -4, +1, +9. Gains: 1, 0.5, 0.75, 4.875; losses: 1, 2.5, 1.25, 0.625.
    const { signals, indicators } = bound.frame(candles().closes(10, 12, 10, 6, 7, 16).build());
    expect([...indicators['rsi']].map((value) => Math.round(value * 10) / 10)).toEqual([NaN, NaN, 50, 16.7, 37.5, 88.6]);
    expect([...signals]).toEqual([0, 0, 0, 1, 0, -1]);
  });

  it('does not fall below a level that it stands on', () => {
    const bound = registry.bind('rsi_reversion', { window: 2, oversold: 50, overbought: 60 });
    expect([...bound.signals(candles().closes(3, 4, 5, 4, 3, 3).build()).values]).toEqual([1]); // 100, 50, 25, 25
    expect(bound.frame(candles().closes(3, 4, 5, 4).build()).indicators['rsi'][3]).toBe(50);
    expect([...bound.signals(candles().closes(3, 4, 5, 4).build()).values]).toEqual([]);
  });

  it('refuses levels in the wrong order', () => {
    expect(() => registry.bind('rsi_reversion', { oversold: 80 })).toThrow('rsi_reversion: oversold must be less than overbought (70), was 80');
  });
});
