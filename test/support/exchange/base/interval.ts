const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** 1970-01-01 was a Thursday; weeks begin on the Monday four days later. */
const FIRST_MONDAY_MS = 4 * DAY_MS;

const FIXED_MS = {
  '1s': SECOND_MS,
  '1m': MINUTE_MS,
  '3m': 3 * MINUTE_MS,
  '5m': 5 * MINUTE_MS,
  '15m': 15 * MINUTE_MS,
  '30m': 30 * MINUTE_MS,
  '1h': HOUR_MS,
  '2h': 2 * HOUR_MS,
  '4h': 4 * HOUR_MS,
  '6h': 6 * HOUR_MS,
  '8h': 8 * HOUR_MS,
  '12h': 12 * HOUR_MS,
  '1d': DAY_MS,
  '3d': 3 * DAY_MS,
  '1w': 7 * DAY_MS,
} as const;

export type Interval = keyof typeof FIXED_MS | '1M';

/** Every candle interval of the exchange, finest first. */
export const INTERVALS: readonly Interval[] = [...(Object.keys(FIXED_MS) as (keyof typeof FIXED_MS)[]), '1M'];

export function isInterval(text: string): text is Interval {
  return (INTERVALS as readonly string[]).includes(text);
}

/** Open time of the candle that holds `timeMs`. */
export function openTimeOf(interval: Interval, timeMs: number): number {
  if (interval === '1M') {
    const date = new Date(timeMs);
    return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1);
  }
  const length = FIXED_MS[interval];
  const origin = interval === '1w' ? FIRST_MONDAY_MS : 0;
  return Math.floor((timeMs - origin) / length) * length + origin;
}

/** Open time of the candle after the one that opens at `openMs`; keeps an open time that is off the grid off it. */
export function nextOpenTime(interval: Interval, openMs: number): number {
  if (interval === '1M') {
    const date = new Date(openMs);
    return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1);
  }
  return openMs + FIXED_MS[interval];
}

/** Last millisecond of the candle that opens at `openMs`. */
export function closeTimeOf(interval: Interval, openMs: number): number {
  return nextOpenTime(interval, openMs) - 1;
}

/** Length in ms; a month counts as 30 days. */
export function lengthOf(interval: Interval): number {
  return interval === '1M' ? 30 * DAY_MS : FIXED_MS[interval];
}
