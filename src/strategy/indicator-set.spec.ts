import fc from 'fast-check';

import { firstDifference } from '../../test/support/bits.js';
import { candles, fetchedAlone } from '../../test/support/candle-builder.js';
import { candlesOf, tapes, withoutDecimals } from '../../test/support/tapes.js';
import { PRICE_COLUMNS } from '../domain/candles.js';
import { IndicatorSet } from './indicator-set.js';
import { rollingMemory } from './indicators/rolling.js';

describe('IndicatorSet', () => {
  it('averages a column over a window', () => {
    const set = new IndicatorSet(candles().closes(1, 2, 6, 9).build());
    expect([...set.sma('close', 3)]).toEqual([NaN, NaN, 3, 17 / 3]);
    expect([...set.sma('open', 2)]).toEqual([NaN, 1, 1.5, 4]); // opens 1, 1, 2, 6
  });

  it('works a column out once', () => {
    const set = new IndicatorSet(candles().ramp(1, 50, 50).build());
    expect(set.sma('close', 5)).toBe(set.sma('close', 5));
    expect(set.sma('close', 5)).not.toBe(set.sma('close', 6));
    expect(set.sma('close', 5)).not.toBe(set.sma('open', 5));
    expect(set.smaOfVolume(5)).toBe(set.smaOfVolume(5));
  });

  it('has undefined columns for windows longer than the candles, and none for no candles', () => {
    const set = new IndicatorSet(candles().flat(5, 4).build());
    expect([...set.sma('close', 5)]).toEqual([NaN, NaN, NaN, NaN]);
    expect(new IndicatorSet(candles().build()).sma('close', 3)).toHaveLength(0);
    expect(new IndicatorSet(candles().build()).smaOfVolume(3)).toHaveLength(0);
  });

  it('averages prices to the double nearest to the exact average', () => {
    fc.assert(
      fc.property(tapes(), fc.constantFrom(...PRICE_COLUMNS), fc.integer({ min: 1, max: 90 }), (tape, column, window) => {
        const series = candlesOf(tape, 200);
        const { values, scale } = series.ticksOf(column) as { values: Float64Array; scale: number };
        const exact = Array.from(values, (_, i) =>
          i < window - 1 ? NaN : Number(values.slice(i + 1 - window, i + 1).reduce((sum, tick) => sum + BigInt(tick), 0n)) / (window * scale),
        );
        expect(firstDifference(new IndicatorSet(series).sma(column, window), exact)).toBeNull();
      }),
      { numRuns: 100 },
    );
  });

  it('makes equal averages equal, whatever the windows', () => {
    // 0.1 and 0.2 in turn: every even window has the average 0.15, and in plain doubles not always the same one.
    const set = new IndicatorSet(candles({ decimals: 1 }).closes(...Array.from({ length: 200 }, (_, i) => 0.1 + 0.1 * (i % 2))).build());
    for (const window of [4, 6, 10, 50]) expect(firstDifference(set.sma('close', window).slice(50), set.sma('close', 2).slice(50))).toBeNull();
  });

  it('gives a window the last row that the whole history has, where sums are no whole numbers', () => {
    fc.assert(
      fc.property(tapes(), fc.integer({ min: 1, max: 90 }), fc.nat(), (tape, window, draw) => {
        const rows = rollingMemory(window) + 1;
        const series = withoutDecimals(candlesOf(tape, rows + 150));
        const from = draw % 150;
        const [whole, alone] = [new IndicatorSet(series), new IndicatorSet(fetchedAlone(series.slice(from, from + rows)))];
        fc.pre(series.ticksOf('close') === null);
        expect(alone.sma('close', window)[rows - 1]).toBe(whole.sma('close', window)[from + rows - 1]);
        expect(alone.smaOfVolume(window)[rows - 1]).toBe(whole.smaOfVolume(window)[from + rows - 1]);
      }),
    );
  });

  it('averages volume, whole windows back from any bar', () => {
    fc.assert(
      fc.property(tapes(), fc.integer({ min: 1, max: 90 }), (tape, window) => {
        const { volume } = candlesOf(tape, 200);
        const found = new IndicatorSet(candlesOf(tape, 200)).smaOfVolume(window);
        for (let i = window - 1; i < 200; i++) {
          const mean = volume.slice(i + 1 - window, i + 1).reduce((sum, v) => sum + v, 0) / window;
          expect(Math.abs(found[i] - mean)).toBeLessThanOrEqual(1e-12 * 100);
        }
      }),
      { numRuns: 40 },
    );
  });
});
