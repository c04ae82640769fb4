import fc from 'fast-check';

import { barNumber, barOpenAt, barOpenFrom, isTimeframe, periodsPerYear, timeframeMs, TIMEFRAMES } from './timeframe.js';

const HOUR = 3_600_000;

describe('timeframes', () => {
  it.each([
    { timeframe: '1m', ms: 60_000, bars: 525_600 },
    { timeframe: '1h', ms: HOUR, bars: 8760 },
    { timeframe: '4h', ms: 4 * HOUR, bars: 2190 },
    { timeframe: '1d', ms: 24 * HOUR, bars: 365 },
    { timeframe: '1w', ms: 168 * HOUR, bars: 365 / 7 },
  ] as const)('$timeframe lasts $ms ms, $bars in a year', ({ timeframe, ms, bars }) => {
    expect([timeframeMs(timeframe), periodsPerYear(timeframe)]).toEqual([ms, bars]);
  });

  it('counts calendar months by twelve', () => {
    expect(periodsPerYear('1M')).toBe(12);
  });

  it.each(['1M', '2d', '60m', '1H', '', '__proto__', 'constructor', 'toString'])('does not know %j', (text) => {
    expect(isTimeframe(text)).toBe(false);
  });

  it('knows its own, shortest first', () => {
    expect(TIMEFRAMES.every(isTimeframe)).toBe(true);
    const lengths = TIMEFRAMES.map(timeframeMs);
    expect(lengths).toEqual([...lengths].sort((a, b) => a - b));
  });
});

describe('the grid of a timeframe', () => {
  it.each([
    { timeframe: '1h', at: '2024-03-05T10:59:59.999Z', opens: '2024-03-05T10:00:00.000Z', next: '2024-03-05T11:00:00.000Z' },
    { timeframe: '1h', at: '2024-03-05T11:00:00.000Z', opens: '2024-03-05T11:00:00.000Z', next: '2024-03-05T11:00:00.000Z' },
    { timeframe: '4h', at: '2024-03-05T03:30:00.000Z', opens: '2024-03-05T00:00:00.000Z', next: '2024-03-05T04:00:00.000Z' },
    { timeframe: '1d', at: '2024-02-29T00:00:00.001Z', opens: '2024-02-29T00:00:00.000Z', next: '2024-03-01T00:00:00.000Z' },
    { timeframe: '1w', at: '2024-03-10T23:59:00.000Z', opens: '2024-03-04T00:00:00.000Z', next: '2024-03-11T00:00:00.000Z' },
    { timeframe: '1w', at: '2024-03-11T00:00:00.000Z', opens: '2024-03-11T00:00:00.000Z', next: '2024-03-11T00:00:00.000Z' },
    { timeframe: '3d', at: '1970-01-05T00:00:00.000Z', opens: '1970-01-04T00:00:00.000Z', next: '1970-01-07T00:00:00.000Z' },
    { timeframe: '1h', at: '1969-12-31T23:30:00.000Z', opens: '1969-12-31T23:00:00.000Z', next: '1970-01-01T00:00:00.000Z' },
  ] as const)('has $at in the $timeframe bar of $opens', ({ timeframe, at, opens, next }) => {
    const iso = (ms: number): string => new Date(ms).toISOString();
    expect([iso(barOpenAt(Date.parse(at), timeframe)), iso(barOpenFrom(Date.parse(at), timeframe))]).toEqual([opens, next]);
  });

  it('opens weeks on Monday', () => {
    fc.assert(fc.property(fc.integer({ min: -1e12, max: 4e12 }), (ms) => new Date(barOpenAt(ms, '1w')).getUTCDay() === 1));
  });

  it('tiles time: every moment is in one bar, and bars are numbered in turn', () => {
    fc.assert(
      fc.property(fc.constantFrom(...TIMEFRAMES), fc.integer({ min: -1e12, max: 4e12 }), (timeframe, ms) => {
        const open = barOpenAt(ms, timeframe);
        const length = timeframeMs(timeframe);
        expect(open <= ms && ms < open + length).toBe(true);
        expect([barOpenAt(open, timeframe), barOpenFrom(open, timeframe)]).toEqual([open, open]);
        expect(barOpenFrom(open + 1, timeframe)).toBe(open + length);
        expect(barNumber(open + length, timeframe)).toBe(barNumber(open, timeframe) + 1);
      }),
    );
  });
});
