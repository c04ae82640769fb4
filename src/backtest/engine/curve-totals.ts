import {
  CASH,
  COINS,
  DEEPEST_PEAK,
  LOWEST,
  PEAK,
  PEAK_AT,
  SHORTFALLS,
  SQUARES,
  SUM,
  TOTALS_LENGTH,
  TROUGH,
  type CurveTotals,
} from '../../domain/curve-layout.js';

export { CASH, COINS, type CurveTotals };

export function startTotals(first: number): CurveTotals {
  const totals = new Float64Array(TOTALS_LENGTH);
  totals[CASH] = totals[PEAK] = first;
  totals[LOWEST] = 1;
  totals[DEEPEST_PEAK] = totals[TROUGH] = -1;
  return totals;
}

/** Adds returns [from, to) of a curve that is there already; where it stands still nothing changes, so that may be left out. */
export function addStretch(totals: CurveTotals, equity: Float64Array, from: number, to: number): void {
  const [lane, otherLane] = [from & 1, 1 - (from & 1)];
  let sum = totals[SUM + lane];
  let nextSum = totals[SUM + otherLane];
  let squares = totals[SQUARES + lane];
  let nextSquares = totals[SQUARES + otherLane];
  let shortfalls = totals[SHORTFALLS + lane];
  let nextShortfalls = totals[SHORTFALLS + otherLane];
  let peak = totals[PEAK];
  let peakAt = totals[PEAK_AT];
  let lowest = totals[LOWEST];
  let before = equity[from];
  for (let i = from; i < to; i++) {
    const now = equity[i + 1];
    const r = now / before - 1;
    before = now;
    const fall = r - Math.abs(r); // twice min(r, 0), without a branch
    // Even and odd rows take turns: what was added to is next but one.
    [sum, nextSum] = [nextSum, sum + r];
    [squares, nextSquares] = [nextSquares, squares + r * r];
    [shortfalls, nextShortfalls] = [nextShortfalls, shortfalls + fall * fall];
    if (now > peak) {
      peak = now;
      peakAt = i + 1;
    } else if (now <= lowest * peak && now / peak < lowest) {
      // Not <: the product is rounded and may be `now` itself where the quotient is a hair lower.
      lowest = now / peak;
      totals[DEEPEST_PEAK] = peakAt;
      totals[TROUGH] = i + 1;
    }
  }
  totals[SUM + (to & 1)] = sum;
  totals[SUM + 1 - (to & 1)] = nextSum;
  totals[SQUARES + (to & 1)] = squares;
  totals[SQUARES + 1 - (to & 1)] = nextSquares;
  totals[SHORTFALLS + (to & 1)] = shortfalls;
  totals[SHORTFALLS + 1 - (to & 1)] = nextShortfalls;
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
  const [lane, otherLane] = [from & 1, 1 - (from & 1)];
  let sum = totals[SUM + lane];
  let nextSum = totals[SUM + otherLane];
  let squares = totals[SQUARES + lane];
  let nextSquares = totals[SQUARES + otherLane];
  let shortfalls = totals[SHORTFALLS + lane];
  let nextShortfalls = totals[SHORTFALLS + otherLane];
  let peak = totals[PEAK];
  let peakAt = totals[PEAK_AT];
  let lowest = totals[LOWEST];
  let before = equity[from];
  for (let i = from; i < to; i++) {
    const now = cash + coins * close[i];
    equity[i + 1] = now;
    const r = now / before - 1;
    before = now;
    const fall = r - Math.abs(r);
    [sum, nextSum] = [nextSum, sum + r];
    [squares, nextSquares] = [nextSquares, squares + r * r];
    [shortfalls, nextShortfalls] = [nextShortfalls, shortfalls + fall * fall];
    if (now > peak) {
      peak = now;
      peakAt = i + 1;
    } else if (now <= lowest * peak && now / peak < lowest) {
      lowest = now / peak;
      totals[DEEPEST_PEAK] = peakAt;
      totals[TROUGH] = i + 1;
    }
  }
  totals[SUM + (to & 1)] = sum;
  totals[SUM + 1 - (to & 1)] = nextSum;
  totals[SQUARES + (to & 1)] = squares;
  totals[SQUARES + 1 - (to & 1)] = nextSquares;
  totals[SHORTFALLS + (to & 1)] = shortfalls;
  totals[SHORTFALLS + 1 - (to & 1)] = nextShortfalls;
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
    sum: totals[SUM] + totals[SUM + 1],
    squares: totals[SQUARES] + totals[SQUARES + 1],
    shortfalls: (totals[SHORTFALLS] + totals[SHORTFALLS + 1]) / 4,
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
