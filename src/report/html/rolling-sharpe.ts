import { dailyEquity } from '../../backtest/engine/daily-equity.js';
import { equityMetrics } from '../../backtest/engine/equity-metrics.js';
import { DAY_MS } from '../../domain/timeframe.js';

/** The Sharpe ratio of the days that ended last, day by day. */
export interface RollingSharpe {
  /** Days in the window. */
  readonly window: number;
  /** UTC midnight of each day whose window is full, ms. */
  readonly times: Float64Array;
  /** NaN where the curve stood still for the whole window. */
  readonly values: Float64Array;
}

const DAYS_A_YEAR = 365;
const WINDOWS = [90, 30];
/** A window that fills most of the test has nothing to roll over. */
const LEAST_WINDOWS = 3;

/**
 * Daily Sharpe ratio, annualised as `sharpe_daily` is, over a moving window of 90 days, or 30 in a shorter test.
 *
 * @param curve the value before the first bar, then one at the close of each
 * @returns null for bars longer than a day and for tests shorter than three windows
 */
export function rollingSharpe(curve: Float64Array, firstMs: number, barMs: number): RollingSharpe | null {
  const daily = dailyEquity(curve, firstMs, barMs);
  const window = WINDOWS.find((days) => daily !== null && daily.length - 1 >= days * LEAST_WINDOWS);
  if (daily === null || window === undefined) return null;
  const days = daily.length - window;
  const firstDay = Math.floor(firstMs / DAY_MS) * DAY_MS;
  return {
    window,
    times: Float64Array.from({ length: days }, (_, i) => firstDay + (window + i - 1) * DAY_MS),
    values: Float64Array.from({ length: days }, (_, i) => equityMetrics(daily.subarray(i, i + window + 1), { periodsPerYear: DAYS_A_YEAR, years: 0 }).sharpe ?? NaN),
  };
}
