import fc from 'fast-check';

import { candles } from '../../../test/support/candle-builder.js';
import { candlesOf, tapes } from '../../../test/support/tapes.js';
import type { Candles } from '../../domain/candles.js';
import { listSignals, type SignalList } from '../../domain/signal.js';
import { runBacktest } from './run-backtest.js';
import { sensitivityOf } from './sensitivity.js';
import type { FillRule, TradingRules } from './simulate.js';

const RULES: TradingRules = {
  initialCapital: 1000,
  fill: 'next_open',
  costs: { feeRate: 0.001, feeFrom: 'received', slippage: 0.0002 },
  sizing: { rule: 'all_in', quoteAmount: 100, fraction: 1 },
  lot: { quantityStep: 0, minNotional: 0 },
};
const withCosts = (feeRate: number, slippage: number, fill: FillRule = 'next_open'): TradingRules => ({ ...RULES, fill, costs: { ...RULES.costs, feeRate, slippage } });
const returnOf = (series: Candles, signals: SignalList, rules: TradingRules): number => runBacktest({ signals: () => signals }, series, { from: 0, to: series.length }, rules).equity.totalReturn;

/** Bought at 100, sold at 110. */
const hill = candles().closes(100, 100, 110, 110, 110).build();
const once = listSignals(Int8Array.of(1, 0, -1, 0, 0));

describe('sensitivityOf', () => {
  it('tells at what costs per side nothing is left', () => {
    // (1 - c)^2 * 1.1 = 1 when the fee is taken from what is received: c = 1 - 1 / sqrt(1.1) = 465.3 bps
    const { breakEven, chargedBps } = sensitivityOf(hill, once, withCosts(0.001, 0));
    expect(breakEven.kind === 'at' && Math.abs(breakEven.bps - (1 - 1 / Math.sqrt(1.1)) * 1e4)).toBeLessThan(0.011);
    expect(chargedBps).toBeCloseTo(10, 9);
    // Slippage: 110 (1 - s) = 100 (1 + s), s = 10 / 210
    const slipped = sensitivityOf(hill, once, withCosts(0, 0.001)).breakEven;
    expect(slipped.kind === 'at' && Math.abs(slipped.bps - (10 / 210) * 1e4)).toBeLessThan(0.011);
  });

  it.each([
    { kind: 'loses_anyway', series: candles().closes(100, 100, 90, 90, 90).build(), signals: once },
    { kind: 'bears_more', series: candles().closes(100, 100, 200, 200, 200).build(), signals: once },
    { kind: 'no_trades', series: hill, signals: listSignals(new Int8Array(5)) },
  ])('says that it $kind', ({ kind, series, signals }) => expect(sensitivityOf(series, signals, RULES).breakEven).toEqual({ kind }));

  it('tries no fee, that of the run and twice as much, no slippage, that of the run and three times as much', () => {
    const { feeRates, slippagesBps, tables } = sensitivityOf(hill, once, RULES);
    expect([feeRates, slippagesBps.map((bps) => Math.round(bps * 1e6) / 1e6)]).toEqual([[0, 0.001, 0.002], [0, 2, 6]]);
    expect(tables.map(({ fill }) => fill)).toEqual(['next_open', 'close']);
    const free = sensitivityOf(hill, once, withCosts(0, 0));
    expect([free.feeRates, free.slippagesBps]).toEqual([[0, 0.0005, 0.001], [0, 2, 5]]);
  });

  it('finds in every place of its tables what a run with those costs finds', () => {
    const signalsFor = (length: number, seed: number): SignalList => listSignals(Int8Array.from({ length }, (_, i) => ((i * 7 + seed) % 5 === 0 ? 1 : (i * 11 + seed) % 7 === 0 ? -1 : 0)));
    fc.assert(
      fc.property(tapes(), fc.nat(100), fc.constantFrom('received' as const, 'quote' as const), fc.constantFrom(0, 0.001), (tape, seed, feeFrom, quantityStep) => {
        const series = candlesOf(tape, 200);
        const signals = signalsFor(200, seed);
        const rules: TradingRules = { ...RULES, costs: { ...RULES.costs, feeFrom }, lot: { quantityStep, minNotional: 5 } };
        const { tables, feeRates, slippagesBps } = sensitivityOf(series, signals, rules);
        for (const { fill, returns } of tables) {
          returns.forEach((row, f) =>
            row.forEach((found, s) => {
              const expected = returnOf(series, signals, { ...rules, fill, costs: { feeFrom, feeRate: feeRates[f], slippage: slippagesBps[s] / 1e4 } });
              expect(Math.abs(found - expected)).toBeLessThanOrEqual(1e-12 * (1 + expected));
            }),
          );
        }
      }),
      { numRuns: 40 },
    );
  });

  it('has nothing to say of no candles', () => {
    expect(sensitivityOf(hill.slice(0, 0), listSignals(new Int8Array(0)), RULES).breakEven).toEqual({ kind: 'no_trades' });
  });
});
