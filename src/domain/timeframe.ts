const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Length of every supported candle in milliseconds. Calendar months have no fixed length and are not offered. */
const LENGTHS = {
  '1m': MINUTE,
  '3m': 3 * MINUTE,
  '5m': 5 * MINUTE,
  '15m': 15 * MINUTE,
  '30m': 30 * MINUTE,
  '1h': HOUR,
  '2h': 2 * HOUR,
  '4h': 4 * HOUR,
  '6h': 6 * HOUR,
  '8h': 8 * HOUR,
  '12h': 12 * HOUR,
  '1d': DAY,
  '3d': 3 * DAY,
  '1w': 7 * DAY,
} as const;

export type Timeframe = keyof typeof LENGTHS;

export const TIMEFRAMES = Object.keys(LENGTHS) as readonly Timeframe[];

export const DAY_MS = DAY;

/** A year of markets that never close: 365 days of 24 hours. */
export const YEAR_MS = 365 * DAY;

/** Weeks open on Monday, as on the exchanges; everything else is counted from 1970-01-01, a Thursday. */
const MONDAY_OFFSET = 4 * DAY;

export function isTimeframe(text: string): text is Timeframe {
  return Object.hasOwn(LENGTHS, text);
}

export function timeframeMs(timeframe: Timeframe): number {
  return LENGTHS[timeframe];
}

/** Milliseconds by which the grid of a timeframe is shifted against the epoch. */
export function gridOffsetMs(timeframe: Timeframe): number {
  return timeframe === '1w' ? MONDAY_OFFSET : 0;
}

/** Bars in a year of 365 days: 8760 for `1h`. `1M` counts calendar months. */
export function periodsPerYear(timeframe: Timeframe | '1M'): number {
  return timeframe === '1M' ? 12 : YEAR_MS / LENGTHS[timeframe];
}

/** Open time of the bar that contains `timeMs`. */
export function barOpenAt(timeMs: number, timeframe: Timeframe): number {
  const offset = gridOffsetMs(timeframe);
  const length = LENGTHS[timeframe];
  return Math.floor((timeMs - offset) / length) * length + offset;
}

/** The first open time that is not before `timeMs`. */
export function barOpenFrom(timeMs: number, timeframe: Timeframe): number {
  const open = barOpenAt(timeMs, timeframe);
  return open === timeMs ? open : open + LENGTHS[timeframe];
}

/** Number of the bar since the start of the grid: the anchor that makes block sums independent of where a series begins. */
export function barNumber(openTimeMs: number, timeframe: Timeframe): number {
  return Math.round((openTimeMs - gridOffsetMs(timeframe)) / LENGTHS[timeframe]);
}
