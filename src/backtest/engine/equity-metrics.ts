import { summaryOf, totalsOf, type CurveSummary, type CurveTotals } from './curve-totals.js';

/** Figures of an equity curve. `null` = undefined: 0 would read as "no edge", infinity as "no risk". */
export interface EquityMetrics {
  readonly totalReturn: number;
  /** (last / first) ^ (1 / years) - 1 */
  readonly cagr: number | null;
  readonly meanReturn: number | null;
  /** Sample deviation (n - 1) of the simple returns per bar. */
  readonly deviation: number | null;
  /** deviation * sqrt(periods per year) */
  readonly volatility: number | null;
  /** (mean - risk-free) / deviation * sqrt(periods per year) */
  readonly sharpe: number | null;
  /** Root mean square of the shortfalls below the target over ALL returns. */
  readonly downsideDeviation: number | null;
  readonly sortino: number | null;
  /** cagr / max drawdown */
  readonly calmar: number | null;
  readonly drawdown: Drawdown;
}

/** The largest fall from a running peak, as points of the curve; of equal ones the first. */
export interface Drawdown {
  /** 1 - trough / peak; 0 when the curve never falls. */
  readonly depth: number;
  readonly peak: number | null;
  readonly trough: number | null;
  /** First later point at or above the peak; null when there is none. */
  readonly recovery: number | null;
}

export interface EquityOptions {
  readonly periodsPerYear: number;
  /** Elapsed time / 365 days. */
  readonly years: number;
  /** Per year; 0 by default. */
  readonly riskFree?: number;
  /** Least acceptable return per year, for Sortino; 0 by default. */
  readonly target?: number;
  /** Totals of this very curve when its maker has them already. */
  readonly totals?: CurveTotals;
}

/** A deviation is zero when it is not above this share of the returns' own size: what is left then is rounding. */
const ZERO_SHARE = 1e-10;
/** Below this share of the sum of squares the one-pass variance has lost three digits or more, and a second pass is due. */
const CANCELLED = 1e-3;

/** @param equity points of the curve, all > 0, the first one before the first return */
export function equityMetrics(equity: Float64Array, options: EquityOptions): EquityMetrics {
  const { periodsPerYear, years, riskFree = 0, target = 0 } = options;
  const count = equity.length - 1;
  const totals = summaryOf(options.totals ?? totalsOf(equity));
  const targetPerBar = (1 + target) ** (1 / periodsPerYear) - 1;
  const shortfalls = targetPerBar === 0 ? totals.shortfalls : shortfallsBelow(equity, targetPerBar);

  const cagr = years > 0 ? (equity[count] / equity[0]) ** (1 / years) - 1 : null;
  const mean = count > 0 ? totals.sum / count : null;
  const deviation = count > 1 ? sampleDeviation(equity, totals, count) : null;
  const downside = count > 0 ? Math.sqrt(shortfalls / count) : null;
  const root = Math.sqrt(periodsPerYear);
  const rate = (1 + riskFree) ** (1 / periodsPerYear) - 1;
  const moves = deviation !== null && deviation > ZERO_SHARE * Math.sqrt(totals.squares / count);
  const drawdown = drawdownOf(equity, totals);
  return {
    totalReturn: equity[count] / equity[0] - 1,
    cagr,
    meanReturn: mean,
    deviation,
    volatility: deviation === null ? null : deviation * root,
    sharpe: moves && mean !== null ? ((mean - rate) / deviation) * root : null,
    downsideDeviation: downside,
    sortino: downside !== null && downside > 0 && mean !== null ? ((mean - targetPerBar) / downside) * root : null,
    calmar: cagr !== null && drawdown.depth > 0 ? cagr / drawdown.depth : null,
    drawdown,
  };
}

function sampleDeviation(equity: Float64Array, { sum, squares }: CurveSummary, count: number): number {
  const mean = sum / count;
  const spread = squares - mean * sum;
  if (spread > CANCELLED * squares) return Math.sqrt(spread / (count - 1));
  let exact = 0;
  for (let i = 0; i < count; i++) exact += (equity[i + 1] / equity[i] - 1 - mean) ** 2;
  return Math.sqrt(exact / (count - 1));
}

function shortfallsBelow(equity: Float64Array, target: number): number {
  let squares = 0;
  for (let i = 1; i < equity.length; i++) squares += Math.min(equity[i] / equity[i - 1] - 1 - target, 0) ** 2;
  return squares;
}

function drawdownOf(equity: Float64Array, { lowest, peak, trough }: CurveSummary): Drawdown {
  if (peak === null || trough === null) return { depth: 1 - lowest, peak, trough, recovery: null };
  const height = equity[peak];
  let recovery = trough + 1;
  while (recovery < equity.length && equity[recovery] < height) recovery++;
  return { depth: 1 - lowest, peak, trough, recovery: recovery < equity.length ? recovery : null };
}
