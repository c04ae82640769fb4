/** One bar of a histogram: how many values lie in [from, to), the last bar included at its end. */
export interface Bin {
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

const STEPS = [1, 2, 2.5, 5, 10];
const MOST_BINS = 60;
const FEWEST_BINS = 10;
/** A ten-thousandth of a percent: nobody tells finer returns apart. */
const LEAST_WIDTH = 1e-6;

/**
 * Equal bins of a round width with an edge at zero, so that no bar holds gains and losses both. Nothing is cut off: the outermost values
 * have bars of their own. Empty for no values.
 */
export function binsOf(values: readonly number[]): Bin[] {
  if (values.length === 0) return [];
  const low = values.reduce((a, b) => Math.min(a, b));
  const high = values.reduce((a, b) => Math.max(a, b));
  const width = widthFor(low, high, values.length);
  const first = placeOf(low, width);
  const last = Math.max(first, high < 0 ? -1 : Math.max(0, Math.ceil(high / width - 1e-9) - 1));
  const counts = Array.from({ length: last - first + 1 }, () => 0);
  for (const value of values) counts[Math.min(last, placeOf(value, width)) - first]++;
  return counts.map((count, i) => ({ from: (first + i) * width, to: (first + i + 1) * width, count }));
}

/** Never on the other side of zero, whatever the quotient rounds to. */
function placeOf(value: number, width: number): number {
  const place = Math.floor(value / width + 1e-9);
  return value < 0 ? Math.min(-1, place) : place;
}

/** Twice the square root of the number of values, since a few far ones take up most of the width; the next round number above. */
function widthFor(low: number, high: number, count: number): number {
  const span = Math.max(high - Math.min(low, 0), Math.max(high, 0) - low, high - low);
  if (!(span > 0)) return 0.01;
  const wanted = span / Math.min(MOST_BINS, Math.max(FEWEST_BINS, Math.ceil(Math.sqrt(count) * 2)));
  const power = 10 ** Math.floor(Math.log10(wanted));
  const round = (STEPS.find((step) => step * power >= wanted * (1 - 1e-9)) ?? 10) * power;
  return round > LEAST_WIDTH ? round : LEAST_WIDTH;
}
