import fc from 'fast-check';

import { candleSeries } from '../../../test/support/arbitraries.js';
import { candles } from '../../../test/support/candle-builder.js';
import { timeframeMs, type Timeframe } from '../../domain/timeframe.js';
import { packedCandles } from './candle-columns.js';
import { drawnCurve, falls } from './curve-columns.js';
import { packed, unpacked } from './packed.js';
import { groupEnd, groupTime, timelineOf } from './timeline.js';

const START = Date.UTC(2024, 0, 1);
const curves = fc.array(fc.double({ min: 1, max: 1e6, noNaN: true }), { minLength: 2, maxLength: 400 }).map((values) => Float64Array.from(values));

describe('timelineOf', () => {
  it('puts every bar into exactly one group, and never makes more groups than asked for', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200_000 }), fc.integer({ min: 0, max: 50 }), fc.constantFrom<Timeframe>('1m', '1h', '1d', '1w'), fc.integer({ min: 10, max: 500 }), (bars, offset, timeframe, most) => {
        const monday = timeframe === '1w' ? 4 * 86_400_000 : 0;
        const timeline = timelineOf(monday + (19_000 + offset) * timeframeMs(timeframe), timeframe, bars, most);
        expect(timeline.starts.length).toBeLessThanOrEqual(most);
        let next = 0;
        timeline.starts.forEach((start, group) => {
          expect(start).toBe(next);
          next = groupEnd(timeline, group);
          expect(next - start).toBeLessThanOrEqual(timeline.group);
        });
        expect(next).toBe(bars);
      }),
    );
  });

  it('draws a year of hours bar by bar, and seven years in groups that begin at round hours', () => {
    expect(timelineOf(START, '1h', 8784).group).toBe(1);
    const long = timelineOf(START + 3 * 3_600_000, '1h', 61_320);
    expect(long.group).toBe(8);
    expect(new Date(groupTime(long, 1)).getUTCHours() % 8).toBe(0);
  });
});

describe('drawnCurve', () => {
  it('keeps both ends and the extremes of every group, at rising times', () => {
    fc.assert(
      fc.property(curves, fc.integer({ min: 3, max: 60 }), (curve, most) => {
        const timeline = timelineOf(START, '1h', curve.length - 1, most);
        const { times, values } = drawnCurve(curve, timeline);
        expect(values[0]).toBe(curve[0]);
        expect(values.at(-1)).toBe(curve.at(-1));
        expect(Math.max(...values)).toBe(Math.max(...curve));
        expect(Math.min(...values)).toBe(Math.min(...curve));
        expect(values.every((value) => curve.includes(value))).toBe(true);
        for (let i = 1; i < times.length; i++) expect(times[i]).toBeGreaterThan(times[i - 1]);
      }),
    );
  });

  it('keeps the deepest fall', () => {
    fc.assert(
      fc.property(curves, (curve) => {
        const below = falls(curve);
        expect(Math.min(...drawnCurve(below, timelineOf(START, '1h', curve.length - 1, 5)).values)).toBe(Math.min(...below));
      }),
    );
  });

  it('reads a fall from the highest point so far', () => {
    expect([...falls(Float64Array.of(100, 110, 99, 121))]).toEqual([0, 0, 99 / 110 - 1, 0]); // 110 → 99: a tenth
  });
});

describe('packedCandles', () => {
  it('keeps highest and lowest of every group, and draws nothing where the exchange has no candle', () => {
    fc.assert(
      fc.property(candleSeries(), fc.integer({ min: 3, max: 20 }), (series, most) => {
        fc.pre(series.length > 0);
        const timeline = timelineOf(series.openTime[0], series.timeframe, series.length, most);
        const drawn = packedCandles(series, timeline);
        const [high, low] = [unpacked(drawn.high), unpacked(drawn.low)];
        const tolerance = 0.51 * 10 ** -drawn.high.digits;
        timeline.starts.forEach((start, group) => {
          const bars = Array.from({ length: groupEnd(timeline, group) - start }, (_, i) => start + i).filter((bar) => series.missing[bar] === 0);
          if (bars.length === 0) {
            expect([high[group], low[group]]).toEqual([null, null]);
            return;
          }
          expect(Math.abs((high[group] as number) - Math.max(...bars.map((bar) => series.high[bar])))).toBeLessThanOrEqual(tolerance);
          expect(Math.abs((low[group] as number) - Math.min(...bars.map((bar) => series.low[bar])))).toBeLessThanOrEqual(tolerance);
        });
      }),
    );
  });

  it('carries prices to the last digit', () => {
    const series = candles().closes(100.01, 99.99, 0.25).build();
    expect(unpacked(packedCandles(series, timelineOf(series.openTime[0], series.timeframe, 3)).close)).toEqual([100.01, 99.99, 0.25]);
  });
});

describe('packed', () => {
  it('gives back every number to the digits asked for, however many came before', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.constant(NaN), fc.double({ min: -1e5, max: 1e5, noNaN: true }))), (values) => {
        unpacked(packed(values, 4)).forEach((value, i) => {
          if (Number.isNaN(values[i])) expect(value).toBeNull();
          else expect(Math.abs((value as number) - values[i])).toBeLessThanOrEqual(0.500001e-4);
        });
      }),
    );
  });

  it('gives up digits where the numbers are too large for them', () => {
    const column = packed([1e14, 3], 6);
    expect(column.digits).toBe(1);
    expect(unpacked(column)).toEqual([1e14, 3]);
  });
});
