import fc from 'fast-check';

import { DAY_MS } from '../../domain/timeframe.js';
import { dailyEquity } from './daily-equity.js';

const HOUR = 3_600_000;
const MIDNIGHT = Date.UTC(2024, 0, 1);

describe('dailyEquity', () => {
  it('keeps the starting capital and the last value of each UTC day of the bars’ opens', () => {
    // Bars open at 22:00, 23:00, 00:00, 01:00: the first two belong to the first day.
    const days = dailyEquity(Float64Array.of(100, 101, 102, 103, 104), MIDNIGHT + 22 * HOUR, HOUR);
    expect([...(days as Float64Array)]).toEqual([100, 102, 104]);
  });

  it.each([
    { equity: [100], firstOpenMs: MIDNIGHT, barMs: HOUR, days: [100], why: 'no bars, no days' },
    { equity: [100, 90], firstOpenMs: MIDNIGHT + 23 * HOUR, barMs: HOUR, days: [100, 90], why: 'a day may be one bar long' },
    { equity: [100, 90, 95], firstOpenMs: MIDNIGHT, barMs: DAY_MS, days: [100, 90, 95], why: 'daily bars are the days' },
    { equity: [5, 6, 7, 8], firstOpenMs: MIDNIGHT + 18 * HOUR, barMs: 6 * HOUR, days: [5, 6, 8], why: 'the last day may be cut short' },
  ])('$why', ({ equity, firstOpenMs, barMs, days }) => {
    expect([...(dailyEquity(Float64Array.from(equity), firstOpenMs, barMs) as Float64Array)]).toEqual(days);
  });

  it('does not exist for bars longer than a day', () => {
    expect(dailyEquity(Float64Array.of(1, 2), MIDNIGHT, 7 * DAY_MS)).toBeNull();
  });

  it('is the last value of each day by the plain definition', () => {
    const curves = fc.record({
      equity: fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 1, maxLength: 200, size: 'max' }),
      barMs: fc.constantFrom(HOUR, 2 * HOUR, 8 * HOUR, 12 * HOUR, DAY_MS),
      firstBar: fc.nat(500),
    });
    fc.assert(
      fc.property(curves, ({ equity, barMs, firstBar }) => {
        const firstOpenMs = MIDNIGHT + firstBar * barMs;
        const lastOfDay = new Map<number, number>();
        equity.slice(1).forEach((value, bar) => lastOfDay.set(Math.floor((firstOpenMs + bar * barMs) / DAY_MS), value));
        const days = dailyEquity(Float64Array.from(equity), firstOpenMs, barMs) as Float64Array;
        expect([...days]).toEqual([equity[0], ...lastOfDay.values()]);
      }),
      { numRuns: 300 },
    );
  });
});
