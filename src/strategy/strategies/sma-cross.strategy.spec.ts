import { candles } from '../../../test/support/candle-builder.js';
import { strategyRegistry } from '../../../test/support/strategies.js';

const registry = await strategyRegistry();

describe('sma_cross', () => {
  const bound = registry.bind('sma_cross', { fast_window: 2, slow_window: 4 });

  it('buys where the fast average rises above the slow one and sells where it falls below', () => {
    const market = candles().closes(10, 9, 8, 7, 10, 13, 13, 10, 7).build();
    // Row:   3     4     5      6      7      8
    // Fast:  7.5   8.5   11.5   13     11.5   8.5
    // Slow:  8.5   8.5   9.5    10.75  11.5   10.75
    const { signals, indicators } = bound.frame(market);
    expect(indicators['fast'].slice(3)).toEqual(Float64Array.of(7.5, 8.5, 11.5, 13, 11.5, 8.5));
    expect(indicators['slow'].slice(3)).toEqual(Float64Array.of(8.5, 8.5, 9.5, 10.75, 11.5, 10.75));
    // Equal on rows 4 and 7: the crossings are on the rows after.
    expect([...signals]).toEqual([0, 0, 0, 0, 0, 1, 0, 0, -1]);
  });

  it('buys once in a rise and sells once in the fall after it', () => {
    const market = candles().ramp(130, 100, 30).ramp(100, 130, 30).ramp(130, 100, 30).build();
    const { rows, values } = bound.signals(market);
    expect([...values]).toEqual([1, -1]);
    expect([...rows].map((row) => Math.floor(row / 30))).toEqual([1, 2]);
  });

  it('says nothing on the bar on which the averages begin to exist', () => {
    expect([...bound.frame(candles().closes(1, 2, 3, 4, 5, 6).build()).signals]).toEqual([0, 0, 0, 0, 0, 0]);
  });

  it('goes on through missing bars, on which the price stands still', () => {
    const market = candles().flat(10, 4).closes(12).gap(5).closes(8).build();
    // Above after the rise; equal from the fourth bar at 12 on; below after the fall.
    expect([...bound.signals(market).values]).toEqual([-1]);
  });

  it('refuses a fast window that is not the shorter one', () => {
    expect(() => registry.bind('sma_cross', { fast_window: 50 })).toThrow('sma_cross: fast_window must be less than slow_window (50), was 50');
  });

  it('asks for enough bars to remember a tie as long as a crossing does', () => {
    // Window 50: 49 bars, a block of 64 less one, 600 ties, the row before them.
    expect(registry.bind('sma_cross', {}).warmupBars).toBe(49 + 63 + 600 + 1);
  });
});
