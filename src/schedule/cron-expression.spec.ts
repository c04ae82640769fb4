import { CronTime } from 'cron';
import fc from 'fast-check';

import { barOpenAt, DAY_MS, timeframeMs, TIMEFRAMES, type Timeframe } from '../domain/timeframe.js';
import { cronExpression } from './cron-expression.js';

/** When the expression fires next after an instant, by the very library that runs it. */
function nextAfter(expression: string, afterMs: number): number {
  return new CronTime(expression, 'UTC').getNextDateFrom(new Date(afterMs), 'UTC').toMillis();
}

/** Three-day candles are looked at daily. */
const wakesEvery = (timeframe: Timeframe): number => (timeframe === '3d' ? DAY_MS : timeframeMs(timeframe));

const timeframes = fc.constantFrom(...TIMEFRAMES);
/** Not in the future: the library looks no further than eight years from now. */
const instants = fc.integer({ min: Date.UTC(2000, 0, 1), max: Date.UTC(2026, 0, 1) });
/** Any delay that the settings allow and that is shorter than the candle. */
const timeframeAndDelay = timeframes.chain((timeframe) => fc.tuple(fc.constant(timeframe), fc.integer({ min: 1, max: Math.min(300, timeframeMs(timeframe) / 1000 - 1) })));

describe('cronExpression', () => {
  it.each<[Timeframe, number, string]>([
    ['1m', 5, '5 * * * * *'],
    ['3m', 5, '5 0-59/3 * * * *'],
    ['5m', 5, '5 0-59/5 * * * *'],
    ['5m', 130, '10 2-59/5 * * * *'],
    ['15m', 5, '5 0-59/15 * * * *'],
    ['30m', 300, '0 5-59/30 * * * *'],
    ['1h', 5, '5 0 * * * *'],
    ['1h', 90, '30 1 * * * *'],
    ['2h', 5, '5 0 */2 * * *'],
    ['4h', 5, '5 0 */4 * * *'],
    ['6h', 5, '5 0 */6 * * *'],
    ['8h', 5, '5 0 */8 * * *'],
    ['12h', 5, '5 0 */12 * * *'],
    ['1d', 5, '5 0 0 * * *'],
    ['3d', 5, '5 0 0 * * *'],
    ['1w', 5, '5 0 0 * * 1'],
  ])('of %s and %i seconds is %s', (timeframe, delay, expression) => {
    expect(cronExpression(timeframe, delay)).toBe(expression);
  });

  it('is tried above with every timeframe', () => {
    expect(TIMEFRAMES).toEqual(['1m', '3m', '5m', '15m', '30m', '1h', '2h', '4h', '6h', '8h', '12h', '1d', '3d', '1w']);
  });

  it('fires after any instant within one bar, so no candle is passed over', () => {
    fc.assert(
      fc.property(timeframeAndDelay, instants, ([timeframe, delay], instant) => {
        const next = nextAfter(cronExpression(timeframe, delay), instant);
        expect(next).toBeGreaterThan(instant);
        expect(next - instant).toBeLessThanOrEqual(wakesEvery(timeframe));
      }),
      { numRuns: 300 },
    );
  });

  it('never fires before a candle has closed, and always by the delay afterwards', () => {
    fc.assert(
      fc.property(timeframeAndDelay, instants, ([timeframe, delay], instant) => {
        const close = nextAfter(cronExpression(timeframe, delay), instant) - delay * 1000;
        expect(timeframe === '3d' ? close % DAY_MS : close - barOpenAt(close, timeframe)).toBe(0);
      }),
      { numRuns: 300 },
    );
  });

  it('fires for every close, the delay after it', () => {
    fc.assert(
      fc.property(timeframeAndDelay, instants, ([timeframe, delay], instant) => {
        const close = barOpenAt(instant, timeframe);
        expect(nextAfter(cronExpression(timeframe, delay), close)).toBe(close + delay * 1000);
      }),
      { numRuns: 300 },
    );
  });
});
