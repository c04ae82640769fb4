import fc from 'fast-check';

import { candles as story } from '../../test/support/candle-builder.js';
import { candlesOf, tapes } from '../../test/support/tapes.js';
import { resample } from '../data/resample.js';
import type { Candles } from './candles.js';
import { barsPerCandle, higherMemory } from './higher-candles.js';
import { barOpenAt, isTimeframe, timeframeMs, TIMEFRAMES, type Timeframe } from './timeframe.js';

const HOUR = 3_600_000;
const MONDAY = Date.UTC(2024, 0, 1);

/** Longer timeframes that the bars make up. */
const longerOf = (base: Timeframe): Timeframe[] =>
  TIMEFRAMES.filter((longer) => {
    try {
      return barsPerCandle(base, longer) >= 1;
    } catch {
      return false;
    }
  });

/** The close of the last candle of the longer timeframe that is whole and closed at the close of row i; by its times alone. */
function closeKnownAt(candles: Candles, longer: Timeframe, i: number): number {
  const step = timeframeMs(longer);
  const end = barOpenAt(candles.closeTime(i), longer); // where the running candle began, the last closed one ended
  if (end - step < candles.openTime[0]) return NaN;
  const own = Array.from({ length: candles.length }, (_, k) => k).filter((k) => candles.openTime[k] >= end - step && candles.closeTime(k) <= end);
  const real = own.filter((k) => candles.missing[k] === 0);
  return candles.close[(real.length > 0 ? real : own).at(-1) as number];
}

describe('candles of a longer timeframe', () => {
  // Hours from 22:00 on: the first whole candle of four is that of midnight.
  const market = story({ startMs: MONDAY - 2 * HOUR }).closes(1, 2, 10, 13, 9, 11, 20, 21, 22, 23, 30, 31).build();

  it('become visible on the bar at whose close they close, and the one before them until then', () => {
    const { openTime, close, high, low, open, volume, candles } = market.at('4h');
    expect([...close]).toEqual([NaN, NaN, NaN, NaN, NaN, 11, 11, 11, 11, 23, 23, 23]);
    expect([open[5], high[5], low[5], volume[5]]).toEqual([2, 13, 2, 4]);
    expect(openTime[5]).toBe(MONDAY);
    expect([...candles.close]).toEqual([11, 23]); // 30 and 31 are no whole candle
  });

  it('are the bars themselves in their own timeframe', () => {
    const { close, candles } = market.at('1h');
    expect([[...close], [...candles.high]]).toEqual([[...market.close], [...market.high]]);
  });

  it('are made of the real bars; one without any is missing and repeats the last close', () => {
    const halted = story({ startMs: MONDAY }).closes(5, 6).gap(7).closes(8, 9, 7).build();
    const { candles } = halted.at('4h');
    expect([[...candles.close], [...candles.open], [...candles.missing]]).toEqual([[6, 6, 7], [5, 6, 6], [0, 1, 0]]);
  });

  it('open on Monday where they are weeks', () => {
    const days = story({ timeframe: '1d', startMs: MONDAY - 3 * 24 * HOUR }).closes(1, 2, 3, 4, 5, 6, 7, 8, 9, 10).build();
    expect([...days.at('1w').close]).toEqual([NaN, NaN, NaN, NaN, NaN, NaN, NaN, NaN, NaN, 10]);
  });

  it('are nothing of nothing', () => {
    expect(story().build().at('1d').close).toHaveLength(0);
  });

  it.each<{ base: Timeframe; longer: Timeframe }>([
    { base: '4h', longer: '1h' },
    { base: '3d', longer: '1w' }, // weeks begin on Mondays, and seven is no multiple of three
    { base: '2h', longer: '15m' },
  ])('cannot be $longer out of $base', ({ base, longer }) => {
    expect(() => story({ timeframe: base }).flat(1, 3).build().at(longer)).toThrow(`Candles of ${longer} cannot be made of candles of ${base}: set timeframe to one that ${longer} is a multiple of`);
  });

  it('show the last closed one by the times alone, on any series', () => {
    fc.assert(
      fc.property(tapes(), fc.nat(), (tape, pick) => {
        const candles = candlesOf(tape, 160);
        const longer = longerOf(candles.timeframe);
        const to = longer[pick % longer.length];
        const { close } = candles.at(to);
        for (let i = 0; i < candles.length; i += 7) expect([to, i, close[i]]).toEqual([to, i, closeKnownAt(candles, to, i)]);
      }),
      { numRuns: 60 },
    );
  });

  it('are those that the data room makes of the same rows', () => {
    fc.assert(
      fc.property(tapes(), fc.nat(), (tape, pick) => {
        const candles = candlesOf(tape, 300);
        const longer = longerOf(candles.timeframe).filter((to) => to !== candles.timeframe);
        if (longer.length === 0) return;
        const to = longer[pick % longer.length];
        const real = Array.from({ length: candles.length }, (_, k) => k).filter((k) => candles.missing[k] === 0);
        const of = (column: Float64Array): Float64Array => Float64Array.from(real, (k) => column[k]);
        const rows = { openTime: of(candles.openTime), open: of(candles.open), high: of(candles.high), low: of(candles.low), close: of(candles.close), volume: of(candles.volume) };
        const made = resample(rows, candles.timeframe, to, { from: candles.openTime[0], to: candles.closeTime(candles.length - 1) });
        const { candles: found } = candles.at(to);
        const there = Array.from({ length: found.length }, (_, k) => k).filter((k) => found.missing[k] === 0);
        for (const name of ['openTime', 'open', 'high', 'low', 'close'] as const) expect([name, ...there.map((k) => found[name][k])]).toEqual([name, ...made[name]]);
        there.forEach((k, n) => expect(Math.abs(found.volume[k] - made.volume[n])).toBeLessThanOrEqual(1e-12 * made.volume[n]));
      }),
      { numRuns: 60 },
    );
  });

  it('remember in bars: nothing of their own in their own timeframe, else up to a candle less one, and themselves', () => {
    expect([higherMemory(0, '1h', '1h'), higherMemory(7, '1h', '1h')]).toEqual([0, 7]);
    // Row 6 of the hours from midnight still shows the candle that began 6 hours before it.
    expect([higherMemory(0, '4h', '1h'), higherMemory(2, '4h', '1h'), higherMemory(0, '1d', '1h')]).toEqual([6, 14, 46]);
  });

  it('offers only what has a name', () => {
    expect(longerOf('1h').every(isTimeframe)).toBe(true);
    expect(longerOf('1d')).toEqual(['1d', '3d', '1w']);
  });
});
