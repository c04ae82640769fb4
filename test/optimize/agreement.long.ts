import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

import { runBacktest } from '../../src/backtest/engine/run-backtest.js';
import type { TradingRules } from '../../src/backtest/engine/simulate.js';
import type { Candles } from '../../src/domain/candles.js';
import { Random } from '../../src/domain/random.js';
import type { SignalList } from '../../src/domain/signal.js';
import { sweepOn } from '../../src/kernels/load-sweep.js';
import { NOT_COMPILED, TrialRunner, type Compiled } from '../../src/optimize/sweep/trial-runner.js';
import type { Figures } from '../../src/optimize/sweep/figures.js';
import { smaCrossings } from '../../src/strategy/indicators/crossings.js';
import type { BoundStrategy } from '../../src/strategy/trading-strategy.js';
import { fromBars } from '../support/candle-builder.js';

const BARS = 200_000;
const BUILT = resolve('dist/kernels/sweep.wasm');
const RULES: TradingRules = {
  initialCapital: 1000,
  fill: 'next_open',
  costs: { feeRate: 0.001, feeFrom: 'received', slippage: 0.0002 },
  sizing: { rule: 'all_in', quoteAmount: 0, fraction: 1 },
  lot: { quantityStep: 0, minNotional: 0 },
};
const PAIRS: { fast: number; slow: number }[] = [];
for (let fast = 5; fast <= 62; fast += 3) for (let slow = 70; slow <= 315; slow += 5) PAIRS.push({ fast, slow });

/** Minutes of a walk from 30,000; prices are multiples of `tick`, so that a coarse one makes many ties. */
function minutes(seed: number, tick: number): Candles {
  const random = new Random(seed);
  let exact = 30_000;
  let last = exact;
  const bars = Array.from({ length: BARS }, () => {
    exact *= 1 + 0.0008 * random.normal();
    const open = last;
    last = Math.max(tick, Math.round(Math.round(exact / tick) * tick * 100) / 100);
    return { open, high: Math.max(open, last), low: Math.min(open, last), close: last, volume: 1 };
  });
  return fromBars(bars, bars.map(() => 0), { timeframe: '1m', firstOpenMs: Date.UTC(2023, 0, 1) });
}

const bound = (list: SignalList): BoundStrategy => ({ name: 'test', version: '1', params: {}, warmupBars: 0, frame: (candles) => ({ signals: new Int8Array(candles.length), indicators: {} }), signals: () => list });

/** The largest difference of any figure, as a share of the figure or of 1; Infinity where one is undefined and the other not. */
function largestDifference(found: Figures, expected: Partial<Figures>): number {
  return Object.entries(expected).reduce((most, [name, value]) => {
    const other = found[name as keyof Figures];
    if (value === null || other === null) return value === other ? most : Infinity;
    return Math.max(most, Math.abs(other - value) / Math.max(1, Math.abs(value)));
  }, 0);
}

const WAYS: [string, Compiled][] = [['in plain TypeScript', NOT_COMPILED]];
if (existsSync(BUILT)) WAYS.push(['in compiled code', { kernel: null, sweepOn: (candles, rules, marks) => sweepOn(candles, rules, marks, BUILT) }]);

describe('a thousand pairs, trade by trade', () => {
  it.each([
    [1, 0.01], [2, 0.01], [3, 0.1], [4, 1], [5, 5], // fine steps
    [6, 20], [7, 20], [8, 50], [9, 50], [10, 100], // many ties
  ])('are those of a thousand backtests on market %d in steps of %d', (seed, tick) => { // prettier-ignore
    const candles = minutes(seed, tick);
    const ticks = candles.ticksOf('close')?.values as Float64Array;
    const lists = PAIRS.map(({ fast, slow }) => smaCrossings(ticks, fast, slow));
    const rows = { from: 0, to: candles.length };
    const runners = WAYS.map(([name, compiled]) => ({ name, found: new TrialRunner(({ pair }) => bound(lists[Number(pair)]), { history: candles, rows, rules: RULES }, compiled, false).figures(PAIRS.map((_, pair) => ({ pair }))) }));
    for (const [pair, list] of lists.entries()) {
      const run = runBacktest({ signals: () => list }, candles, rows, RULES);
      const { equity, trades, simulation } = run;
      for (const { found } of runners) {
        expect([found[pair].closed_trades, found[pair].total_trades, found[pair].win_rate]).toEqual([trades.trades, simulation.trades.count, trades.winRate]);
        expect(found[pair].max_drawdown).toBe(equity.drawdown.depth);
        const expected = { total_return: equity.totalReturn, cagr: equity.cagr, sharpe: equity.sharpe, sharpe_daily: run.sharpeDaily, sortino: equity.sortino, calmar: equity.calmar, profit_factor: trades.profitFactor, sqn: trades.sqn, exposure: run.exposure, turnover: run.turnover };
        expect(largestDifference(found[pair], expected)).toBeLessThan(1e-12);
      }
    }
  }, 600_000);
});
