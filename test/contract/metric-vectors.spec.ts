import { autocorrelation, longestUnderwater, omegaOf, quantile, returnsOf, shapeOf, ulcerIndex, valueAtRisk } from '../../src/backtest/engine/distribution.js';
import { dailyEquity } from '../../src/backtest/engine/daily-equity.js';
import { equityMetrics } from '../../src/backtest/engine/equity-metrics.js';
import { simulate } from '../../src/backtest/engine/simulate.js';
import { tradeMetrics } from '../../src/backtest/engine/trade-metrics.js';
import { listSignals } from '../../src/domain/signal.js';
import { ceilSteps, floorSteps, fromSteps, nearestSteps } from '../../src/domain/steps.js';
import { exactSum } from '../../src/domain/summation.js';
import { periodsPerYear, YEAR_MS, type Timeframe } from '../../src/domain/timeframe.js';
import { agrees } from '../support/bits.js';
import { fromBars } from '../support/candle-builder.js';
import { describeWithVectors, readVectors } from '../support/vectors.js';

type Figures = Readonly<Record<string, number | null>>;

interface Curve {
  readonly name: string;
  readonly source?: string;
  readonly periodsPerYear: number;
  readonly t0?: number;
  readonly intervalMs?: number;
  readonly t?: readonly number[];
  readonly riskFree?: number;
  readonly mar?: number;
  readonly equity: readonly number[];
  readonly expected: Figures;
}

interface Vectors {
  readonly periodsPerYear: Readonly<Record<Timeframe | '1M', number>>;
  readonly equity: readonly Curve[];
  readonly edgeCases: readonly Curve[];
  readonly trades: readonly { readonly name: string; readonly pnl: readonly number[]; readonly expected: Figures }[];
  readonly quantile: { readonly values: readonly number[]; readonly expected: readonly { readonly q: number; readonly value: number }[] };
  readonly stepRounding: readonly { readonly value: number; readonly step: string; readonly floor: string; readonly nearest: string; readonly ceil: string }[];
  readonly summation: readonly { readonly values: readonly number[]; readonly exact: number }[];
  readonly ledger: Ledger;
}

interface Ledger {
  readonly parameters: Readonly<Record<'initialCash' | 'feeRate' | 'slippage' | 'fraction' | 'quantityStep' | 'minNotional', number>>;
  readonly open: readonly number[];
  readonly close: readonly number[];
  readonly signal: readonly number[];
  readonly expected: {
    readonly trades: readonly Readonly<Record<'entryBar' | 'exitBar' | 'quantity' | 'entryPrice' | 'exitPrice' | 'entryFee' | 'exitFee' | 'pnl', number>>[];
    readonly equity: readonly number[];
    readonly openQuantity: number;
    readonly totalFees: number;
  };
}

/** Fields of the vectors that are shown by no part of the application. */
const NOT_OFFERED = ['bars', 'years', 'sharpeLog', 'bestReturn', 'worstReturn', 'positiveShare'];

/** What the engine says of a curve, in the words of the vectors. */
function figuresOf({ equity: points, periodsPerYear, riskFree, mar, expected }: Curve): Figures {
  const equity = Float64Array.from(points);
  const returns = returnsOf(equity);
  const { drawdown, ...metrics } = equityMetrics(equity, { periodsPerYear, years: expected['years'] as number, riskFree, target: mar });
  const shape = shapeOf(returns);
  const risk = valueAtRisk(returns);
  return {
    totalReturn: metrics.totalReturn,
    cagr: metrics.cagr,
    meanReturn: metrics.meanReturn,
    stdReturn: metrics.deviation,
    // Where nothing varies there is no shape; the deviation itself is then 0.
    stdReturnPopulation: shape?.deviation ?? 0,
    volatilityAnnual: metrics.volatility,
    sharpe: metrics.sharpe,
    sharpePerPeriod: metrics.sharpe === null ? null : metrics.sharpe / Math.sqrt(periodsPerYear),
    downsideDeviation: metrics.downsideDeviation,
    sortino: metrics.sortino,
    maxDrawdown: drawdown.depth,
    maxDrawdownPeakIndex: drawdown.peak,
    maxDrawdownTroughIndex: drawdown.trough,
    maxDrawdownRecoveryIndex: drawdown.recovery,
    longestUnderwaterBars: longestUnderwater(equity),
    ulcerIndex: ulcerIndex(equity),
    calmar: metrics.calmar,
    omega: omegaOf(returns),
    skew: shape?.skew ?? null,
    kurtosis: shape?.kurtosis ?? null,
    valueAtRisk95: risk?.valueAtRisk ?? null,
    conditionalValueAtRisk95: risk?.conditional ?? null,
    autocorrelation1: autocorrelation(returns),
  };
}

/** Fields that differ by more than relative 1e-9, absolute 1e-12. */
function disagreements(found: Figures, expected: Figures): Record<string, unknown> {
  const names = Object.keys(expected).filter((name) => !agrees(found[name], expected[name], 1e-9, 1e-12));
  return Object.fromEntries(names.map((name) => [name, { found: found[name], expected: expected[name] }]));
}

function offered(expected: Figures): Figures {
  return Object.fromEntries(Object.entries(expected).filter(([name]) => !NOT_OFFERED.includes(name)));
}

describeWithVectors('metric vectors', () => {
  const vectors = readVectors('metrics.json') as Vectors;

  it.each(Object.entries(vectors.periodsPerYear))('has the bars of a year: %s', (timeframe, bars) => {
    expect(periodsPerYear(timeframe as Timeframe)).toBe(bars);
  });

  it.each([...vectors.equity, ...vectors.edgeCases].map((curve) => [curve.name, curve] as const))('measures a curve: %s', (_, curve) => {
    expect(disagreements(figuresOf(curve), offered(curve.expected))).toEqual({});
  });

  it.each(vectors.equity.filter(({ source }) => source !== undefined).map((curve) => [curve.name, curve] as const))('resamples: %s', (_, days) => {
    const { equity, t0 = 0, intervalMs = 0 } = vectors.equity.find(({ name }) => name === days.source) as Curve;
    // The first point of the curve is what the account had before its first bar.
    const daily = dailyEquity(Float64Array.from(equity), t0 + intervalMs, intervalMs) as Float64Array;
    expect([...daily]).toEqual(days.equity);
    const [first, last] = [days.t?.at(0) as number, days.t?.at(-1) as number];
    expect((last - first) / YEAR_MS).toBeCloseTo(days.expected['years'] as number, 12);
  });

  it.each(vectors.trades.map((list) => [list.name, list] as const))('measures trades: %s', (_, { pnl, expected }) => {
    const { longestWinningStreak, longestLosingStreak, ...metrics } = tradeMetrics(pnl);
    const found: Figures = { ...metrics, maxConsecutiveWins: longestWinningStreak, maxConsecutiveLosses: longestLosingStreak };
    const known = Object.fromEntries(Object.entries(expected).filter(([name]) => name in found));
    expect(Object.keys(known)).toHaveLength(11);
    expect(disagreements(found, known)).toEqual({});
  });

  it.each(vectors.quantile.expected)('finds the quantile $q', ({ q, value }) => {
    expect(agrees(quantile(vectors.quantile.values, q), value, 1e-9, 1e-12)).toBe(true);
  });

  it.each(vectors.stepRounding)('rounds $value to steps of $step', ({ value, step: text, floor, nearest, ceil }) => {
    const step = Number(text);
    const rounded = [floorSteps, nearestSteps, ceilSteps].map((round) => fromSteps(round(value, step), step));
    expect(rounded).toEqual([floor, nearest, ceil].map(Number));
  });

  it.each(vectors.summation.map(({ values, exact }, k) => [k, values, exact] as const))('adds up list %#', (_, values, exact) => {
    expect(exactSum(values)).toBe(exact);
  });

  it('keeps the ledger: fees in quote currency, slippage, steps', () => {
    const { parameters, open, close, signal, expected } = vectors.ledger;
    const bars = open.map((price, i) => ({ open: price, close: close[i], high: Math.max(price, close[i]), low: Math.min(price, close[i]), volume: 1 }));
    const candles = fromBars(bars, bars.map(() => 0), { timeframe: '1h', firstOpenMs: 0 }); // prettier-ignore
    const { equity, trades } = simulate(candles, listSignals(Int8Array.from(signal)), {
      initialCapital: parameters.initialCash,
      fill: 'next_open',
      costs: { feeRate: parameters.feeRate, feeFrom: 'quote', slippage: parameters.slippage },
      sizing: { rule: 'all_in', quoteAmount: 0, fraction: parameters.fraction },
      lot: { quantityStep: parameters.quantityStep, minNotional: parameters.minNotional },
    });
    const found = trades.toArray();
    const closed = found.slice(0, trades.closed).map(({ entryBar, exitBar, quantity }) => ({ entryBar, exitBar, quantity }));
    expect(closed).toEqual(expected.trades.map(({ entryBar, exitBar, quantity }) => ({ entryBar, exitBar, quantity })));
    expect(found.at(-1)?.quantity).toBe(expected.openQuantity);
    const pairs = expected.equity.map((value, i): [number, number] => [equity[i + 1], value]);
    expected.trades.forEach(({ entryPrice, exitPrice, entryFee, exitFee, pnl }, k) => {
      pairs.push([found[k].entryPrice, entryPrice], [found[k].exitPrice as number, exitPrice]);
      pairs.push([found[k].fees, entryFee + exitFee], [trades.profits()[k], pnl]);
    });
    pairs.push([exactSum(found.map(({ fees }) => fees)), expected.totalFees]);
    expect(pairs.filter(([value, reference]) => !agrees(value, reference, 1e-9, 1e-12))).toEqual([]);
  });
});
