/** Half-open stretch of time [from, to), milliseconds. */
export interface TimeRange {
  readonly from: number;
  readonly to: number;
}

/** The same instants as ascending ranges that neither touch nor overlap. */
export function normalise(ranges: readonly TimeRange[]): TimeRange[] {
  const sorted = ranges.filter(({ from, to }) => from < to).toSorted((a, b) => a.from - b.from);
  const merged: TimeRange[] = [];
  for (const range of sorted) {
    const last = merged.at(-1);
    if (last !== undefined && range.from <= last.to) merged[merged.length - 1] = { from: last.from, to: Math.max(last.to, range.to) };
    else merged.push(range);
  }
  return merged;
}

/** What of `wanted` no range covers. */
export function uncovered(wanted: TimeRange, ranges: readonly TimeRange[]): TimeRange[] {
  const holes: TimeRange[] = [];
  let from = wanted.from;
  for (const range of normalise(ranges)) {
    if (range.to <= from) continue;
    if (range.from >= wanted.to) break;
    if (range.from > from) holes.push({ from, to: range.from });
    from = range.to;
  }
  if (from < wanted.to) holes.push({ from, to: wanted.to });
  return holes;
}

export function covers(ranges: readonly TimeRange[], wanted: TimeRange): boolean {
  return uncovered(wanted, ranges).length === 0;
}
