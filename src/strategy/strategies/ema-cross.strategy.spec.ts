import { candles } from '../../../test/support/candle-builder.js';
import { strategyRegistry } from '../../../test/support/strategies.js';

const registry = await strategyRegistry();

describe('ema_cross', () => {
  const bound = registry.bind('ema_cross', { fast_window: 1, slow_window: 3 });

  it('buys where the fast average comes above the slow one and sells where it comes below', () => {
    const market = candles().closes(10, 8, 6, 8, 10, 6, 4).build();
    // Row:   2   3   4     5      6
    // Fast:  6   8   10    6      4
    // Slow:  8   8   9     7.5    5.75
    const { signals, indicators } = bound.frame(market);
    expect([...indicators['fast'].slice(2)]).toEqual([6, 8, 10, 6, 4]);
    expect([...indicators['slow'].slice(2)]).toEqual([8, 8, 9, 7.5, 5.75]);
    expect([...signals]).toEqual([0, 0, 0, 0, 1, -1, 0]);
  });

  it('says nothing on the bar on which the averages begin to exist', () => {
    expect([...bound.frame(candles().closes(1, 2, 3, 4, 5).build()).signals]).toEqual([0, 0, 0, 0, 0]);
  });

  it('does not hear the last digits of averages that have come to rest', () => {
    const market = candles().ramp(100, 200, 40).flat(200, 3000).build();
    expect([...registry.bind('ema_cross', { fast_window: 9, slow_window: 10 }).signals(market).values]).toEqual([]);
  });

  it('asks for the memory of its slow average and a bar', () => {
    expect(registry.bind('ema_cross', {}).warmupBars).toBe(23 * 27 + 1);
  });

  it('refuses a fast window that is not the shorter one', () => {
    expect(() => registry.bind('ema_cross', { fast_window: 26 })).toThrow('ema_cross: fast_window must be less than slow_window (26), was 26');
  });
});
