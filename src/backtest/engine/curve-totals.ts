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
  let peak = totals[PEAK];
  let peakAt = totals[PEAK_AT];
  let lowest = totals[LOWEST];
  let before = equity[from];
  for (let i = from; i < to; i++) {
    const now = equity[i + 1];
    const r = now / before - 1;
    before = now;
    const fall = r - Math.abs(r); // twice min(r, 0), without a branch
    const lane = i & 1;
    totals[SUM + lane] += r;
    totals[SQUARES + lane] += r * r;
    totals[SHORTFALLS + lane] += fall * fall;
    if (now > peak) {
      peak = now;
      peakAt = i + 1;
      // Not <: the product is rounded and may be `now` itself where the quotient is a hair lower.
    } else if (now <= lowest * peak && now / peak < lowest) {
      lowest = now / peak;
      totals[DEEPEST_PEAK] = peakAt;
      totals[TROUGH] = i + 1;
    }
  }
  totals[PEAK] = peak;
  totals[PEAK_AT] = peakAt;
  totals[LOWEST] = lowest;
}

/** Writes points (from, to] of the curve, cash plus coins at each bar's close, and adds their returns. */
export function markStretch(totals: CurveTotals, equity: Float64Array, close: Float64Array, from: number, to: number): void {
  const cash = totals[CASH];
  const coins = totals[COINS];
  for (let i = from; i < to; i++) equity[i + 1] = cash + coins * close[i];
  addStretch(totals, equity, from, to);
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
