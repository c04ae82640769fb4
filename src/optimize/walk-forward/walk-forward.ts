import { dailyEquity } from '../../backtest/engine/daily-equity.js';
import { returnsOf } from '../../backtest/engine/distribution.js';
import { equityMetrics, type EquityMetrics } from '../../backtest/engine/equity-metrics.js';
import { studentTwoSided } from '../../backtest/engine/luck/student.js';
import { walkForwardEfficiency, type WalkForwardEfficiency } from '../../backtest/engine/luck/walk-forward-efficiency.js';
import { walkForwardWindows, type WalkForwardPlan, type WalkForwardWindow } from '../../backtest/engine/luck/walk-forward.js';
import { runBacktest } from '../../backtest/engine/run-backtest.js';
import { returnShape } from '../../backtest/engine/luck/return-shape.js';
import type { TradingRules } from '../../backtest/engine/simulate.js';
import type { Candles } from '../../domain/candles.js';
import { loadKernel } from '../../kernels/load-kernel.js';
import { periodsPerYear, YEAR_MS } from '../../domain/timeframe.js';
import type { Objective } from '../objective.js';
import type { ChosenSampler } from '../samplers/choose-sampler.js';
import { bestOf, search, type Trial } from '../search.js';
import { sizeOf, valueAt, type Scalar } from '../space/dimension.js';
import type { Params, Point, SearchSpace } from '../space/search-space.js';
import type { Evaluator } from '../sweep/evaluator.js';
import type { Figures } from '../sweep/figures.js';
import type { Binder } from '../sweep/trial-runner.js';

export interface WalkForwardRequest {
  /** Warm-up included. */
  readonly candles: Candles;
  /** Row of the first candle that may be trained on. */
  readonly from: number;
  readonly rules: TradingRules;
  readonly space: SearchSpace;
  readonly objective: Objective;
  readonly plan: WalkForwardPlan;
  /** Trials of each window. */
  readonly trials: number;
  /** A fresh sampler for each window. */
  readonly sampler: (window: number) => ChosenSampler;
  readonly evaluator: Evaluator;
  readonly bind: Binder;
  readonly onWindow?: (done: number, all: number) => void;
  readonly isStopped?: () => boolean;
}

/** One window: what was found in training, and what became of it afterwards. */
export interface WindowResult {
  readonly window: WalkForwardWindow;
  readonly trials: number;
  /** Null where no trial kept the limits: nothing is traded in its test then. */
  readonly params: Params | null;
  readonly point: Point | null;
  readonly inSample: Figures | null;
  readonly outOfSample: EquityMetrics;
  readonly closedTrades: number;
}

export interface WalkForwardResult {
  readonly windows: readonly WindowResult[];
  /** The tests one after the other, from a capital of 1: one value more than tested bars. */
  readonly equity: Float64Array;
  /** Row of the first tested bar. */
  readonly firstRow: number;
  readonly metrics: EquityMetrics;
  readonly sharpeDaily: number | null;
  /** t statistic of the mean daily return out of sample, and its two-sided p-value. */
  readonly t: number | null;
  readonly p: number | null;
  readonly efficiency: WalkForwardEfficiency | null;
  readonly stability: readonly ParameterStability[];
}

export interface ParameterStability {
  readonly name: string;
  /** Of each window; null where none was found. */
  readonly values: readonly (Scalar | null)[];
  /** Share of windows whose value is within a fifth of the range of the median one; of choices: the share of the commonest. */
  readonly steady: number;
  /** Windows whose value is the first or the last of the range: what is sought may lie beyond it. */
  readonly edgeHits: number;
}

/** A fifth of the range. */
const STEADY = 0.2;

/**
 * Trains on each window and tests what was found on the bars after it: what somebody would have earned who had optimised again and again.
 * Every test begins and ends without a position.
 *
 * @returns null when it was stopped before the first window was done, or there is no room for one
 */
export async function walkForward(request: WalkForwardRequest): Promise<WalkForwardResult | null> {
  const { candles, from, plan, onWindow, isStopped } = request;
  const windows = walkForwardWindows(candles.length - from, plan);
  const done: WindowResult[] = [];
  const curves: Float64Array[] = [];
  for (const window of windows) {
    if (isStopped?.() === true) break;
    const { result, equity } = await runWindow(request, window, done.length);
    // A window whose search was cut short would have found something else.
    if (isStopped?.() === true) break;
    done.push(result);
    curves.push(equity);
    onWindow?.(done.length, windows.length);
  }
  return done.length === 0 ? null : summary(request, done, stitch(curves));
}

async function runWindow({ candles, from, rules, space, objective, trials, sampler: sampled, evaluator, bind, isStopped }: WalkForwardRequest, window: WalkForwardWindow, number: number): Promise<{ readonly result: WindowResult; readonly equity: Float64Array }> {
  const { sampler, round } = sampled(number);
  const rows = { historyFrom: 0, from: from + window.trainFrom, to: from + window.trainTo };
  const tried: readonly Trial[] = await search({ space, sampler, objective, trials, round }, (params) => evaluator.figures(rows, params), { isStopped });
  const best = bestOf(tried);
  const params = best === null ? null : space.params(best.point);
  // Indicators may know the bars before the test, training included: that is no look ahead.
  const history = candles.slice(0, from + window.testTo);
  const tested = { from: from + window.testFrom, to: history.length };
  const run = runBacktest(params === null ? SILENT : bind(params), history, tested, rules, loadKernel());
  return { result: { window, trials: tried.length, params, point: best?.point ?? null, inSample: best?.figures ?? null, outOfSample: run.equity, closedTrades: run.trades.trades }, equity: run.simulation.equity };
}

/** Says nothing: the account stays in cash. */
const SILENT = { signals: () => ({ rows: new Int32Array(0), values: new Int8Array(0) }) };

/** Returns one after the other, not money: every test begins with the same capital. */
function stitch(curves: readonly Float64Array[]): Float64Array {
  const stitched = new Float64Array(curves.reduce((sum, curve) => sum + curve.length - 1, 1));
  stitched[0] = 1;
  let at = 0;
  for (const curve of curves) {
    const scale = stitched[at] / curve[0];
    for (let i = 1; i < curve.length; i++) stitched[at + i] = scale * curve[i];
    at += curve.length - 1;
  }
  return stitched;
}

function summary({ candles, from, space }: WalkForwardRequest, windows: readonly WindowResult[], equity: Float64Array): WalkForwardResult {
  const firstRow = from + windows[0].window.testFrom;
  const perYear = periodsPerYear(candles.timeframe);
  const bars = equity.length - 1;
  const daily = dailyEquity(equity, candles.openTime[firstRow], candles.timeframeMs);
  const shape = daily === null ? null : returnShape(returnsOf(daily));
  const t = shape === null ? null : shape.sharpe * Math.sqrt(shape.count);
  const trained = windows.filter(({ inSample }) => inSample !== null);
  const returnOf = (totalReturn: number, rows: number): { totalReturn: number; bars: number } => ({ totalReturn, bars: rows });
  return {
    windows,
    equity,
    firstRow,
    metrics: equityMetrics(equity, { periodsPerYear: perYear, years: (bars * candles.timeframeMs) / YEAR_MS }),
    sharpeDaily: shape === null ? null : shape.sharpe * Math.sqrt(365),
    t,
    p: t === null || shape === null ? null : studentTwoSided(t, shape.count - 1),
    efficiency:
      trained.length === 0
        ? null
        : walkForwardEfficiency(
            trained.map(({ inSample, window }) => returnOf(inSample?.total_return ?? 0, window.trainTo - window.trainFrom)),
            trained.map(({ outOfSample, window }) => returnOf(outOfSample.totalReturn, window.testTo - window.testFrom)),
            perYear,
          ),
    stability: space.dimensions.map((_, d) => stabilityOf(d, space, windows)),
  };
}

function stabilityOf(d: number, { dimensions }: SearchSpace, windows: readonly WindowResult[]): ParameterStability {
  const dimension = dimensions[d];
  const values = windows.map(({ params }) => (params?.[dimension.name] ?? null) as Scalar | null);
  const places = windows.flatMap(({ point }) => (point === null ? [] : [point[d]]));
  if (dimension.kind === 'choice') {
    const commonest = Math.max(0, ...places.map((place) => places.filter((other) => other === place).length));
    return { name: dimension.name, values, steady: places.length > 0 ? commonest / places.length : 0, edgeHits: 0 };
  }
  const sorted = [...places].sort((a, b) => a - b);
  const median = sorted[sorted.length >> 1];
  const reach = STEADY * (dimension.high - dimension.low);
  const last = dimension.step === null ? dimension.high : valueAt(dimension, sizeOf(dimension) - 1);
  const isEdge = (value: number): boolean => dimension.low < last && (value === dimension.low || value === last);
  return { name: dimension.name, values, steady: places.length > 0 ? places.filter((value) => Math.abs(value - median) <= reach).length / places.length : 0, edgeHits: places.filter(isEdge).length };
}
