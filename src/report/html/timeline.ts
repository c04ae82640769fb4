import { barNumber, timeframeMs, type Timeframe } from '../../domain/timeframe.js';

/** More points than this are no longer seen on any screen, and only make the page heavy. A year of hours fits. */
export const MOST_COLUMNS = 9000;

/** Numbers of bars that people put together: 2 hours, 4 hours, a day. */
const ROUND_GROUPS = [1, 2, 3, 4, 6, 8, 12, 24, 30, 48, 60, 120, 144, 240, 288, 480, 720, 1440, 2880, 10_080];

/** The bars of a chart, put together in equal groups where there are too many of them. */
export interface Timeline {
  /** Open of the first bar, UTC ms. */
  readonly firstMs: number;
  readonly barMs: number;
  readonly bars: number;
  /** Bars in a group: 1 draws every bar. */
  readonly group: number;
  /** First bar of each group; the first and the last group may be short, since groups begin on the round hours of the calendar. */
  readonly starts: Int32Array;
}

export function timelineOf(firstMs: number, timeframe: Timeframe, bars: number, most = MOST_COLUMNS): Timeline {
  const group = groupFor(bars, most);
  const first = barNumber(firstMs, timeframe);
  const starts: number[] = [];
  for (let bar = 0; bar < bars; bar += group - ((first + bar) % group)) starts.push(bar);
  return { firstMs, barMs: timeframeMs(timeframe), bars, group, starts: Int32Array.from(starts) };
}

/** Open of the first bar of a group, UTC ms. */
export function groupTime({ firstMs, barMs, starts }: Timeline, group: number): number {
  return firstMs + starts[group] * barMs;
}

/** One more than the last bar of a group. */
export function groupEnd({ starts, bars }: Timeline, group: number): number {
  return group + 1 < starts.length ? starts[group + 1] : bars;
}

function groupFor(bars: number, most: number): number {
  // A short group at either end makes one column more.
  const fits = (group: number): boolean => bars <= group * (most - 1);
  return ROUND_GROUPS.find(fits) ?? Math.ceil(bars / (most - 1));
}
