import { timeframeMs, type Timeframe } from '../domain/timeframe.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/**
 * When candles of a timeframe close, as a cron expression with seconds, in UTC and `delaySeconds` late. Three-day candles have no
 * such expression: they get a daily one, and whoever wakes looks whether a candle has closed.
 *
 * @param delaySeconds below the length of the candle
 */
export function cronExpression(timeframe: Timeframe, delaySeconds: number): string {
  const length = timeframeMs(timeframe);
  const second = delaySeconds % 60;
  const minute = Math.floor(delaySeconds / 60);
  if (length < HOUR_MS) {
    const every = length / MINUTE_MS;
    return `${second} ${every === 1 ? '*' : `${minute % every}-59/${every}`} * * * *`;
  }
  if (length < DAY_MS) {
    const every = length / HOUR_MS;
    return `${second} ${minute} ${every === 1 ? '*' : `*/${every}`} * * *`;
  }
  return `${second} ${minute} 0 * * ${timeframe === '1w' ? '1' : '*'}`;
}
