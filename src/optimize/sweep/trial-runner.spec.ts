import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

import fc from 'fast-check';

import { markets, rules } from '../../../test/support/arbitraries.js';
import { candlesOf, tapes } from '../../../test/support/tapes.js';
import { returnsOf } from '../../backtest/engine/distribution.js';
import { probabilisticSharpe } from '../../backtest/engine/luck/probabilistic-sharpe.js';
import { returnShape } from '../../backtest/engine/luck/return-shape.js';
import { dailyEquity } from '../../backtest/engine/daily-equity.js';
import { runBacktest, type SignalSource, type TestedRows } from '../../backtest/engine/run-backtest.js';
import type { TradingRules } from '../../backtest/engine/simulate.js';
import type { Candles } from '../../domain/candles.js';
import { Random } from '../../domain/random.js';
import { listSignals } from '../../domain/signal.js';
import { periodsPerYear } from '../../domain/timeframe.js';
import { sweepOn } from '../../kernels/load-sweep.js';
import { smaCrossings } from '../../strategy/indicators/crossings.js';
import { fromBars } from '../../../test/support/candle-builder.js';
import type { BoundStrategy } from '../../strategy/trading-strategy.js';
import type { Figures } from './figures.js';
import { NOT_COMPILED, TrialRunner, type Compiled } from './trial-runner.js';

const USUAL: TradingRules = {
  initialCapital: 1000,
  fill: 'next_open',
  costs: { feeRate: 0.001, feeFrom: 'received', slippage: 0 },
  sizing: { rule: 'all_in', quoteAmount: 0, fraction: 1 },
  lot: { quantityStep: 0, minNotional: 0 },
};

interface Expected extends Figures {
  /** By how much the ratios of this curve are uncertain: a curve rounds every return by some 1e-16, and they are divided by their deviation. */
  readonly uncertainty: number;
}

/** The figures of a backtest with its curve. */
function byCurve(source: SignalSource, candles: Candles, rows: TestedRows, how: TradingRules): Expected {
  const run = runBacktest(source, candles, rows, how);
  const { equity, trades, simulation } = run;
  const daily = run.candles.length > 0 ? dailyEquity(simulation.equity, run.candles.openTime[0], run.candles.timeframeMs) : null;
  const shape = daily === null ? null : returnShape(returnsOf(daily));
  const { deviation, downsideDeviation, meanReturn } = equity;
  const smallest = Math.min(deviation ?? 0, downsideDeviation || (deviation ?? 0));
  return {
    uncertainty: smallest > 0 ? ((1e-15 * Math.sqrt(periodsPerYear(candles.timeframe))) / smallest) * (1 + ((meanReturn ?? 0) / smallest) ** 2) : 0,
    total_return: equity.totalReturn,
    cagr: equity.cagr,
    sharpe_daily: run.sharpeDaily,
    sharpe: equity.sharpe,
    sortino: equity.sortino,
    calmar: equity.calmar,
    psr: shape === null ? null : probabilisticSharpe(shape),
    max_drawdown: equity.drawdown.depth,
    profit_factor: trades.profitFactor,
    win_rate: trades.winRate,
    expectancy: trades.expectancy,
    sqn: trades.sqn,
    closed_trades: trades.trades,
    total_trades: simulation.trades.count,
    exposure: run.exposure,
    turnover: run.turnover,
  };
}

function bound(source: SignalSource): BoundStrategy {
  return { name: 'said', version: '1', params: {}, warmupBars: 0, frame: () => ({ signals: new Int8Array(0), indicators: {} }), ...source } as BoundStrategy;
}

const BUILT = resolve('dist/kernels/sweep.wasm');
const WAYS: [string, Compiled | null][] = [
  ['in plain TypeScript', NOT_COMPILED],
  ['in compiled code', existsSync(BUILT) ? { kernel: null, sweepOn: (candles, how, marks) => sweepOn(candles, how, marks, BUILT) } : null],
];

/** Where the two differ by more than 1e-12 of the figure, or of 1 for small ones. */
function differences(found: Figures, { uncertainty, ...expected }: Expected): string[] {
  return Object.entries(expected).flatMap(([name, value]) => {
    const other = found[name as keyof Figures];
    const same = value === null || other === null ? value === other : Math.abs(value - other) <= 1e-12 * Math.max(1, Math.abs(value)) + (name === 'sharpe' || name === 'sortino' ? uncertainty : 0) || Object.is(value, other);
    return same ? [] : [`${name} ${String(other)}, expected ${String(value)}`];
  });
}

/** A walk in steps of so many, for many ties, with the signals of two averages. */
function walk(bars: number, seed: number, tick: number): Candles {
  const random = new Random(seed);
  let last = 3000 * tick;
  const made = Array.from({ length: bars }, () => {
    const open = last;
    last = Math.max(tick, last + (random.integer(3) - 1) * tick * (random.float() < 0.02 ? 20 : 1));
    return { open, high: Math.max(open, last), low: Math.min(open, last), close: last, volume: 1 };
  });
  return fromBars(made, made.map(() => 0), { timeframe: '1m', firstOpenMs: Date.UTC(2024, 0, 1) });
}

describe.each(WAYS)('TrialRunner %s', (_, compiled) => {
  // Where nothing was built there is nothing to compare.
  const it = compiled === null ? test.skip : test;
  const figuresOf = (source: SignalSource, history: Candles, rows: TestedRows, how: TradingRules): Figures => new TrialRunner(() => bound(source), { history, rows, rules: how }, compiled ?? NOT_COMPILED, true).figures([{}])[0];

  it('finds the figures of a backtest with its curve, whatever the market, the signals and the rules', () => {
    fc.assert(
      fc.property(markets({ maxBars: 200 }), rules(), fc.double({ min: 0, max: 1, noNaN: true }), ({ candles, signals }, how, share) => {
        const source = { signals: () => listSignals(signals) };
        const rows = { from: Math.floor(share * candles.length), to: candles.length };
        expect(differences(figuresOf(source, candles, rows, how), byCurve(source, candles, rows, how))).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });

  it('finds them without a visit to the bars where everything goes into coins', () => {
    fc.assert(
      fc.property(markets({ minBars: 2, maxBars: 300 }), rules(), ({ candles, signals }, how) => {
        const source = { signals: () => listSignals(signals) };
        const allIn: TradingRules = { ...how, sizing: { ...how.sizing, rule: 'all_in' }, lot: { quantityStep: 0, minNotional: 0 } };
        const rows = { from: 0, to: candles.length };
        expect(differences(figuresOf(source, candles, rows, allIn), byCurve(source, candles, rows, allIn))).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });

  it('finds them on markets that stand still, tie, leap and stop', () => {
    fc.assert(
      fc.property(tapes(4), fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 90 }), (tape, fast, more) => {
        const candles = candlesOf(tape, 2500);
        const source = { signals: (history: Candles) => smaCrossings(history.close, fast, fast + more) };
        const rows = { from: 100, to: candles.length };
        expect(differences(figuresOf(source, candles, rows, USUAL), byCurve(source, candles, rows, USUAL))).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });

  it('asks the bars where hardly anything of a wild market was held', () => {
    // Falls from 5,000 to 20 and shakes there, while the trades are few and quiet: the sums of the market drown what they add.
    const tape = { stretches: [{ behaviour: 'drift', bars: 624 }, { behaviour: 'drift', bars: 615 }, { behaviour: 'flat', bars: 13 }, { behaviour: 'ties', bars: 590 }], decimals: 0, seed: 1_328_121_331, place: { timeframe: '1m', firstOpenMs: 0 } } as const;
    const candles = candlesOf(tape, 2500);
    const source = { signals: (history: Candles) => smaCrossings(history.close, 1, 2) };
    const rows = { from: 100, to: candles.length };
    const [found, expected] = [figuresOf(source, candles, rows, USUAL), byCurve(source, candles, rows, USUAL)];
    expect(Math.abs((found.sharpe as number) / (expected.sharpe as number) - 1)).toBeLessThan(1e-13);
    expect(differences(found, expected)).toEqual([]);
  });

  it.each([1, 2, 20, 50])('finds them over months of minutes in steps of %d, trade by trade', (tick) => {
    const history = walk(120_000, tick, tick);
    const rows = { from: 500, to: history.length };
    for (const [fast, slow] of [[3, 10], [10, 50], [40, 400]]) { // prettier-ignore
      const source = { signals: (whole: Candles) => smaCrossings(whole.close, fast, slow) };
      const expected = byCurve(source, history, rows, USUAL);
      expect(expected.closed_trades).toBeGreaterThan(50);
      expect(differences(figuresOf(source, history, rows, USUAL), expected)).toEqual([]);
    }
  });

  it('looks at nothing behind the tested rows', () => {
    const history = walk(400, 1, 1);
    const seen: number[] = [];
    const source = { signals: (whole: Candles) => (seen.push(whole.length), listSignals(new Int8Array(whole.length))) };
    figuresOf(source, history, { from: 100, to: 300 }, USUAL);
    expect(seen).toEqual([300]);
  });
});
