import type { Candles } from '../domain/candles.js';
import { Random } from '../domain/random.js';
import { DAY_MS } from '../domain/timeframe.js';

/** With so many bars or fewer every single one is tried. */
const TRY_ALL = 500;
const WEEK_MS = 7 * DAY_MS;
/** 1970-01-01 was a Thursday. */
const MONDAY_MS = 4 * DAY_MS;

/**
 * Numbers of rows to know, ascending: a third about bars on which the signal changes, a third at random, the rest at the ends of days,
 * weeks and months and after gaps, and three inside the warm-up.
 *
 * @param signals of the whole series
 * @param count how many, about
 */
export function cutPoints(candles: Candles, signals: Int8Array, warmupBars: number, count: number, seed: number): number[] {
  const n = candles.length;
  if (n <= TRY_ALL) return Array.from({ length: n }, (_, i) => i + 1);
  const random = new Random(seed);
  const cuts = new Set<number>();
  const third = Math.ceil(count / 3);
  const changes = rowsWhere(n, (i) => i > 0 && signals[i] !== signals[i - 1]);
  const borders = rowsWhere(n, (i) => i > 0 && isBorder(candles, i));
  // A row that changes is tried as the last known one, with the one after it, and with the one before it.
  for (const row of sample(changes, Math.ceil(third / 3), random)) for (const at of [row, row + 1, row + 2]) cuts.add(at);
  for (const row of sample(borders, third, random)) cuts.add(row);
  for (let k = 0; k < third; k++) cuts.add(1 + random.integer(n));
  for (const share of [0.25, 0.5, 0.9]) cuts.add(Math.max(1, Math.floor(share * Math.min(warmupBars, n))));
  return [...cuts].filter((cut) => cut >= 1 && cut <= n).sort((a, b) => a - b);
}

function rowsWhere(length: number, holds: (row: number) => boolean): number[] {
  const rows: number[] = [];
  for (let i = 0; i < length; i++) if (holds(i)) rows.push(i);
  return rows;
}

function isBorder({ openTime, missing }: Candles, i: number): boolean {
  const [before, now] = [openTime[i - 1], openTime[i]];
  const crosses = (length: number, offset: number): boolean => Math.floor((before - offset) / length) !== Math.floor((now - offset) / length);
  return crosses(DAY_MS, 0) || crosses(WEEK_MS, MONDAY_MS) || (missing[i - 1] === 1 && missing[i] === 0);
}

function sample(rows: readonly number[], count: number, random: Random): number[] {
  if (rows.length <= count) return [...rows];
  return Array.from({ length: count }, () => rows[random.integer(rows.length)]);
}
