import { candles } from '../../../test/support/candle-builder.js';
import { strategyRegistry } from '../../../test/support/strategies.js';

const registry = await strategyRegistry();

describe('momentum', () => {
  const bound = registry.bind('momentum', { window: 1, min_rise: 5, trend_window: 3 });

  it('buys after a rise above the trend and sells when the rise is lost', () => {
    const { signals, indicators } = bound.frame(candles().closes(100, 100, 100, 110, 115, 114).build());
    expect([...indicators['rise']].map((value) => Math.round(value * 10) / 10)).toEqual([NaN, 0, 0, 10, 4.5, -0.9]);
    expect([...signals]).toEqual([0, 0, 0, 1, 0, -1]);
  });

  it('does not buy a rise below the trend', () => {
    // From 60 to 66 is enough, but the average of 100, 60 and 66 is above both.
    expect([...bound.frame(candles().closes(100, 100, 60, 66).build()).signals]).toEqual([0, 0, 0, 0]);
    expect([...bound.frame(candles().closes(60, 60, 60, 66).build()).signals]).toEqual([0, 0, 0, 1]);
  });

  it('needs more than the rise that is asked for', () => {
    expect([...bound.frame(candles().closes(100, 100, 100, 105).build()).signals]).toEqual([0, 0, 0, 0]);
  });
});
