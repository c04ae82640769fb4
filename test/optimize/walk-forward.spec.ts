import type { TradingRules } from '../../src/backtest/engine/simulate.js';
import type { WalkForwardPlan } from '../../src/backtest/engine/luck/walk-forward.js';
import { planOf } from '../../src/commands/optimize/walk-forward-flags.js';
import { runBacktest } from '../../src/backtest/engine/run-backtest.js';
import type { Candles } from '../../src/domain/candles.js';
import { GridSampler } from '../../src/optimize/samplers/grid.js';
import { SearchSpace, type Params } from '../../src/optimize/space/search-space.js';
import { LocalEvaluator } from '../../src/optimize/sweep/evaluator.js';
import { NOT_COMPILED } from '../../src/optimize/sweep/trial-runner.js';
import { walkForward, type WalkForwardResult } from '../../src/optimize/walk-forward/walk-forward.js';
import { smaCrossings } from '../../src/strategy/indicators/crossings.js';
import type { BoundStrategy } from '../../src/strategy/trading-strategy.js';
import { candles as story } from '../support/candle-builder.js';

const RULES: TradingRules = {
  initialCapital: 1000,
  fill: 'next_open',
  costs: { feeRate: 0.001, feeFrom: 'received', slippage: 0 },
  sizing: { rule: 'all_in', quoteAmount: 0, fraction: 1 },
  lot: { quantityStep: 0, minNotional: 0 },
};

const PLAN: WalkForwardPlan = { train: 300, test: 100, step: 100, anchored: false, purge: 1, partial: true };

/** Waves whose length changes half-way: what suits the first half does not suit the second. */
function waves(): Candles {
  let market = story({ decimals: 2 });
  for (let wave = 0; wave < 12; wave++) market = market.ramp(100, 140, 20).ramp(140, 100, 20);
  for (let wave = 0; wave < 5; wave++) market = market.ramp(100, 150, 50).ramp(150, 100, 50);
  return market.build();
}

const space = new SearchSpace(
  [
    { kind: 'range', name: 'fast', low: 2, high: 6, step: 2, log: false },
    { kind: 'range', name: 'slow', low: 8, high: 32, step: 8, log: false },
  ],
  [],
);
const bind = ({ fast, slow }: Params): BoundStrategy => ({
  name: 'test',
  version: '1',
  params: {},
  warmupBars: 0,
  frame: (candles) => ({ signals: new Int8Array(candles.length), indicators: {} }),
  signals: (candles) => smaCrossings(candles.ticksOf('close')?.values ?? candles.close, Number(fast), Number(slow)),
});

async function run(candles: Candles, plan = PLAN, minTrades = 1): Promise<WalkForwardResult> {
  const result = await walkForward({
    candles,
    from: 40,
    rules: RULES,
    space,
    objective: { figure: 'total_return', limits: { minTrades, maxDrawdown: null } },
    plan,
    trials: 100,
    sampler: () => ({ method: 'grid', sampler: new GridSampler(space), round: 100 }),
    evaluator: new LocalEvaluator({ candles, rules: RULES, withPsr: false }, bind, NOT_COMPILED),
    bind,
  });
  return result as WalkForwardResult;
}

describe('walkForward', () => {
  const candles = waves();

  it('tests every bar after the first training once, and stitches the returns', async () => {
    const { windows, equity, firstRow } = await run(candles);
    expect(firstRow).toBe(40 + 300 + 1);
    expect(equity).toHaveLength(candles.length - firstRow + 1);
    expect(windows.map(({ window }) => window.testFrom)).toEqual([301, 401, 501, 601, 701, 801, 901]);
    const product = windows.reduce((all, { outOfSample }) => all * (1 + outOfSample.totalReturn), 1);
    expect(equity[equity.length - 1]).toBeCloseTo(product, 12);
  });

  it('tests what was best in training, with indicators that know the bars before', async () => {
    const { windows } = await run(candles);
    for (const { window, params, outOfSample } of windows) {
      const returns = [...space.points()].map((point) => runBacktest(bind(space.params(point)), candles.slice(0, 40 + window.trainTo), { from: 40 + window.trainFrom, to: 40 + window.trainTo }, RULES).equity.totalReturn);
      const best = [...space.points()][returns.indexOf(Math.max(...returns))];
      expect(params).toEqual(space.params(best));
      const test = runBacktest(bind(params as Params), candles.slice(0, 40 + window.testTo), { from: 40 + window.testFrom, to: 40 + window.testTo }, RULES);
      expect(outOfSample.totalReturn).toBe(test.equity.totalReturn);
    }
  });

  it('learns from everything before where it is anchored', async () => {
    const { windows } = await run(candles, { ...PLAN, anchored: true });
    expect(windows.every(({ window }) => window.trainFrom === 0)).toBe(true);
  });

  it('knows nothing of what comes after a window', async () => {
    const whole = await run(candles);
    const cut = await run(candles.slice(0, 40 + 601));
    expect(cut.windows).toEqual(whole.windows.slice(0, 3));
  });

  it('stays in cash where no parameters kept the limits', async () => {
    const { windows, equity, efficiency } = await run(candles, PLAN, 1000);
    expect(windows.every(({ params, closedTrades }) => params === null && closedTrades === 0)).toBe(true);
    expect(new Set(equity)).toEqual(new Set([1]));
    expect(efficiency).toBeNull();
  });

  it('tells how steady the parameters were, and which stood at the edge', async () => {
    const { stability, windows } = await run(candles);
    for (const { name, values, steady, edgeHits } of stability) {
      expect(values).toEqual(windows.map(({ params }) => params?.[name]));
      expect(steady).toBeGreaterThan(0);
      expect(edgeHits).toBe(values.filter((value) => (name === 'fast' ? [2, 6] : [8, 32]).includes(Number(value))).length);
    }
  });
});

describe('the plan of a walk-forward', () => {
  const HOUR = 3_600_000;

  it('cuts the time into twelve tests, and trains on four of their lengths', () => {
    expect(planOf({}, 1200, HOUR)).toEqual({ train: 400, test: 100, step: 100, anchored: false, purge: 1, partial: true });
  });

  it('reads days, weeks, hours and bars', () => {
    expect(planOf({ train: '10d', test: '48h', purge: '3', anchored: true }, 1200, HOUR)).toMatchObject({ train: 240, test: 48, purge: 3, anchored: true });
    expect(planOf({ train: '1w', test: '30' }, 1200, HOUR)).toMatchObject({ train: 168, test: 30 });
  });

  it.each([
    { options: { train: 'x' }, says: '--train: must be at least 10 bars' },
    { options: { test: '5' }, says: '--test: must be at least 10 bars' },
    { options: { train: '60d' }, says: '--train: leaves no room' },
    { options: { purge: '-1' }, says: '--purge' },
  ])('refuses $options', ({ options, says }) => {
    expect(() => planOf(options, 1200, HOUR)).toThrow(says);
  });
});
