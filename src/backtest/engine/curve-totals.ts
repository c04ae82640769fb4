/**
 * Running totals of an equity curve and what makes it: cash and coins. They live in one array because doubles that pass from
 * function to function are boxed one by one, and a loop over a stretch can hold array values in registers.
 *
 * Return i leads from point i to point i + 1; where the curve stands still nothing changes, so such stretches may be left out.
 */
export type CurveTotals = Float64Array;

const SUM = 0;
const SQUARES = 1;
/** Four times the sum of squares of the negative returns. */
const SHORTFALLS = 2;
const PEAK = 3;
const PEAK_AT = 4;
/** Smallest point / peak so far. */
const LOWEST = 5;
const DEEPEST_PEAK = 6;
const TROUGH = 7;
/** Quote currency and coins held now; read by `markStretch` and `holdCash`. */
export const CASH = 8;
export const COINS = 9;

export function startTotals(first: number): CurveTotals {
  const totals = new Float64Array(10);
  totals[CASH] = totals[PEAK] = first;
  totals[LOWEST] = 1;
  totals[DEEPEST_PEAK] = totals[TROUGH] = -1;
  return totals;
}

/** Adds returns [from, to) of a curve that is there already. */
export function addStretch(totals: CurveTotals, equity: Float64Array, from: number, to: number): void {
  let sum = totals[SUM];
  let squares = totals[SQUARES];
  let shortfalls = totals[SHORTFALLS];
  let peak = totals[PEAK];
  let peakAt = totals[PEAK_AT];
  let lowest = totals[LOWEST];
  let before = equity[from];
  for (let i = from; i < to; i++) {
    const now = equity[i + 1];
    const r = now / before - 1;
    before = now;
    sum += r;
    squares += r * r;
    const fall = r - Math.abs(r); // twice min(r, 0), without a branch
    shortfalls += fall * fall;
    if (now > peak) {
      peak = now;
      peakAt = i + 1;
    } else if (now < lowest * peak && now / peak < lowest) {
      lowest = now / peak;
      totals[DEEPEST_PEAK] = peakAt;
      totals[TROUGH] = i + 1;
    }
  }
  totals[SUM] = sum;
  totals[SQUARES] = squares;
  totals[SHORTFALLS] = shortfalls;
  totals[PEAK] = peak;
  totals[PEAK_AT] = peakAt;
  totals[LOWEST] = lowest;
}

/**
 * Writes points (from, to] of the curve, cash plus coins at each bar's close, and adds their returns: `addStretch` in the pass
 * that makes the stretch, since a second one over the same memory would cost as much again.
 */
export function markStretch(totals: CurveTotals, equity: Float64Array, close: Float64Array, from: number, to: number): void {
  const cash = totals[CASH];
  const coins = totals[COINS];
  let sum = totals[SUM];
  let squares = totals[SQUARES];
  let shortfalls = totals[SHORTFALLS];
  let peak = totals[PEAK];
  let peakAt = totals[PEAK_AT];
  let lowest = totals[LOWEST];
  let before = equity[from];
  for (let i = from; i < to; i++) {
    const now = cash + coins * close[i];
    equity[i + 1] = now;
    const r = now / before - 1;
    before = now;
    sum += r;
    squares += r * r;
    const fall = r - Math.abs(r);
    shortfalls += fall * fall;
    if (now > peak) {
      peak = now;
      peakAt = i + 1;
    } else if (now < lowest * peak && now / peak < lowest) {
      lowest = now / peak;
      totals[DEEPEST_PEAK] = peakAt;
      totals[TROUGH] = i + 1;
    }
  }
  totals[SUM] = sum;
  totals[SQUARES] = squares;
  totals[SHORTFALLS] = shortfalls;
  totals[PEAK] = peak;
  totals[PEAK_AT] = peakAt;
  totals[LOWEST] = lowest;
}

/** Writes points (from, to] of the curve without coins: only the first of their returns can differ from zero. */
export function holdCash(totals: CurveTotals, equity: Float64Array, from: number, to: number): void {
  const cash = totals[CASH];
  for (let bar = from; bar < to; bar++) equity[bar + 1] = cash;
  if (from < to && equity[from] !== cash) addStretch(totals, equity, from, from + 1);
}

/** What the totals say, in names. */
export interface CurveSummary {
  readonly sum: number;
  readonly squares: number;
  readonly shortfalls: number;
  /** Deepest point / its peak; 1 when the curve never falls. */
  readonly lowest: number;
  /** Points of the deepest fall; null when there is none. */
  readonly peak: number | null;
  readonly trough: number | null;
}

export function summaryOf(totals: CurveTotals): CurveSummary {
  const point = (index: number): number | null => (index < 0 ? null : index);
  return {
    sum: totals[SUM],
    squares: totals[SQUARES],
    shortfalls: totals[SHORTFALLS] / 4,
    lowest: totals[LOWEST],
    peak: point(totals[DEEPEST_PEAK]),
    trough: point(totals[TROUGH]),
  };
}

export function totalsOf(equity: Float64Array): CurveTotals {
  const totals = startTotals(equity[0]);
  addStretch(totals, equity, 0, equity.length - 1);
  return totals;
}
