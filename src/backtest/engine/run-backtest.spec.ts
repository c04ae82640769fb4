import fc from 'fast-check';

import { listSignals } from '../../domain/signal.js';
import { markets, rules } from '../../../test/support/arbitraries.js';
import { candles } from '../../../test/support/candle-builder.js';
import { dailyEquity } from './daily-equity.js';
import { equityMetrics } from './equity-metrics.js';
import { runBacktest, type SignalSource } from './run-backtest.js';
import { simulate, type TradingRules } from './simulate.js';
import { tradeMetrics } from './trade-metrics.js';

const FREE: TradingRules = {
  initialCapital: 1000,
  fill: 'next_open',
  costs: { feeRate: 0, feeFrom: 'received', slippage: 0 },
  sizing: { rule: 'all_in', quoteAmount: 0, fraction: 1 },
  lot: { quantityStep: 0, minNotional: 0 },
};

function says(...signals: number[]): SignalSource {
  return { signals: () => listSignals(Int8Array.from(signals)) };
}

describe('runBacktest', () => {
  // Opens 100, 100, 100, 200, 100, 50.
  const history = candles().closes(100, 100, 200, 100, 50, 50).build();

  it('asks for signals on the whole history and trades the tested rows alone', () => {
    const seen: number[] = [];
    const source: SignalSource = { signals: (whole) => (seen.push(whole.length), listSignals(Int8Array.of(1, 0, 1, -1, 0, 0))) };
    const run = runBacktest(source, history, { from: 2, to: 5 }, FREE);
    expect(seen).toEqual([6]);
    expect(run.candles.openTime[0]).toBe(history.openTime[2]);
    expect([[...run.signals.rows], [...run.signals.values]]).toEqual([[0, 1], [1, -1]]); // prettier-ignore
    // The signal of history row 0 is warm-up. Row 2 buys at open 200: 5 coins; row 3 sells at open 100.
    expect(run.simulation.trades.toArray()).toMatchObject([{ entryBar: 1, entryPrice: 200, exitBar: 2, exitPrice: 100 }]);
    expect([...run.simulation.equity]).toEqual([1000, 1000, 500, 500]);
    expect([...run.profits]).toEqual([-500]);
  });

  it('says how long it was invested and how often the account turned over', () => {
    const run = runBacktest(says(1, 0, 0, -1, 0, 0), history, { from: 0, to: 6 }, FREE);
    expect([run.exposure, run.turnover]).toEqual([3 / 6, 2]);
  });

  it('compares with all capital put into the first real open at the same costs', () => {
    const halted = candles().closes(80).gap(2).closes(100, 150).build().slice(1);
    const costs = { feeRate: 0.1, feeFrom: 'received', slippage: 0.25 } as const;
    // First real open is 80, bought at 100: 10 coins, 9 arrive, worth 9 * 150 = 1350.
    expect(runBacktest(says(), halted, { from: 0, to: 4 }, { ...FREE, costs }).buyAndHoldReturn).toBeCloseTo(0.35, 12);
  });

  it('counts what a whole number of steps leaves in cash', () => {
    // 1000 at 300: 3 coins, 100 stay. 3 * 400 + 100 = 1300.
    const market = candles().closes(300, 400).build();
    const lot = { quantityStep: 1, minNotional: 0 };
    expect(runBacktest(says(), market, { from: 0, to: 2 }, { ...FREE, lot }).buyAndHoldReturn).toBeCloseTo(0.3, 12);
  });

  it.each([
    { market: candles().closes(80).gap(2).build().slice(1), lot: FREE.lot, why: 'no bar is real' },
    { market: history, lot: { quantityStep: 100, minNotional: 0 }, why: 'the account is too small for the market' },
  ])('has nothing to compare with where $why', ({ market, lot }) => {
    expect(runBacktest(says(), market, { from: 0, to: market.length }, { ...FREE, lot }).buyAndHoldReturn).toBeNull();
  });

  it('stands still on an empty range', () => {
    const run = runBacktest(says(1, -1, 1, -1, 1, -1), history, { from: 3, to: 3 }, FREE);
    expect([...run.simulation.equity]).toEqual([1000]);
    expect(run).toMatchObject({ exposure: 0, turnover: 0, sharpeDaily: null, buyAndHoldReturn: null, trades: { trades: 0 } });
    expect(run.equity).toMatchObject({ totalReturn: 0, cagr: null, sharpe: null });
  });

  it('has no daily Sharpe ratio for weekly bars', () => {
    const weekly = candles({ timeframe: '1w' }).closes(100, 120, 90, 130).build();
    const run = runBacktest(says(1, 0, 0, 0), weekly, { from: 0, to: 4 }, FREE);
    expect(run.sharpeDaily).toBeNull();
    expect(run.equity.sharpe).not.toBeNull();
  });

  it('is its parts put together', () => {
    fc.assert(
      fc.property(markets({ minBars: 4, maxBars: 80 }), rules(), fc.nat(), fc.nat(), ({ candles: series, signals }, rules, a, b) => {
        const [from, to] = [a % series.length, b % (series.length + 1)].sort((x, y) => x - y);
        const run = runBacktest({ signals: () => listSignals(signals) }, series, { from, to }, rules);
        const tested = series.slice(from, to);
        const alone = simulate(tested, listSignals(signals.slice(from, to)), rules);
        const daily = tested.length > 0 ? dailyEquity(alone.equity, tested.openTime[0], tested.timeframeMs) : null;
        expect(run.simulation).toEqual(alone);
        expect(run.trades).toEqual(tradeMetrics(alone.trades.profits()));
        expect(run.sharpeDaily).toBe(daily === null ? null : equityMetrics(daily, { periodsPerYear: 365, years: 1 }).sharpe);
        expect(run.exposure).toBe(tested.length > 0 ? alone.barsLong / tested.length : 0);
      }),
      { numRuns: 200 },
    );
  });
});
