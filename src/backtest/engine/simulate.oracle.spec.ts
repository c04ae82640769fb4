import fc from 'fast-check';

import { listSignals } from '../../domain/signal.js';
import { periodsPerYear } from '../../domain/timeframe.js';
import { lots, markets, rules } from '../../../test/support/arbitraries.js';
import { firstDifference } from '../../../test/support/bits.js';
import { draws } from '../../../test/support/draws.js';
import { asOracleRun, tradeBarByBar } from '../../../test/support/oracle.js';
import { equityMetrics } from './equity-metrics.js';
import { simulate } from './simulate.js';

describe('simulate against a bar-by-bar loop', () => {
  it('makes the same trades, curve and counts, bit for bit', () => {
    fc.assert(
      fc.property(markets(), rules(), ({ candles, signals }, rules) => {
        const run = asOracleRun(simulate(candles, listSignals(signals), rules));
        expect(run).toStrictEqual(tradeBarByBar(candles, signals, rules));
      }),
      draws(2500),
    );
  });

  it('does so on histories long enough for hundreds of trades', () => {
    fc.assert(
      fc.property(markets({ minBars: 300, maxBars: 600 }), rules(), ({ candles, signals }, rules) => {
        const run = asOracleRun(simulate(candles, listSignals(signals), rules));
        expect(run).toStrictEqual(tradeBarByBar(candles, signals, rules));
      }),
      draws(40),
    );
  });

  it('does so on slices, whose first rows may be missing', () => {
    fc.assert(
      fc.property(markets({ minBars: 2 }), rules(), fc.nat(), ({ candles, signals }, rules, draw) => {
        const from = draw % candles.length;
        const rest = signals.slice(from);
        const run = asOracleRun(simulate(candles.slice(from), listSignals(rest), rules));
        expect(run).toStrictEqual(tradeBarByBar(candles.slice(from), rest, rules));
      }),
      draws(400),
    );
  });

  it('collects totals that give the figures of the finished curve, bit for bit', () => {
    fc.assert(
      fc.property(markets({ minBars: 1, maxBars: 120 }), rules(), ({ candles, signals }, rules) => {
        const { equity, totals } = simulate(candles, listSignals(signals), rules);
        const options = { periodsPerYear: periodsPerYear(candles.timeframe), years: candles.length / periodsPerYear(candles.timeframe) };
        const { drawdown, ...figures } = equityMetrics(equity, { ...options, totals });
        const { drawdown: expectedDrawdown, ...expected } = equityMetrics(equity, options);
        expect(figures).toStrictEqual(expected);
        expect(drawdown).toStrictEqual(expectedDrawdown);
      }),
      draws(1000),
    );
  });
});

describe('what every simulation keeps to', () => {
  it('never fills on a missing bar, never in an order that time forbids', () => {
    fc.assert(
      fc.property(markets(), rules(), ({ candles, signals }, rules) => {
        const { trades } = simulate(candles, listSignals(signals), rules);
        let last = 0;
        for (const { entryBar, exitBar } of trades.toArray()) {
          expect(candles.missing[entryBar]).toBe(0);
          expect(entryBar).toBeGreaterThanOrEqual(last);
          if (exitBar === null) continue;
          expect(candles.missing[exitBar]).toBe(0);
          expect(exitBar).toBeGreaterThan(entryBar);
          last = exitBar;
        }
      }),
      draws(300),
    );
  });

  it('is blind to prices after a row: the curve up to it stays the same', () => {
    fc.assert(
      fc.property(markets({ minBars: 2 }), rules(), fc.nat(), ({ candles, signals }, rules, draw) => {
        const n = 1 + (draw % (candles.length - 1));
        const part = simulate(candles.slice(0, n), listSignals(signals.slice(0, n)), rules);
        const whole = simulate(candles, listSignals(signals), rules);
        expect(firstDifference(part.equity, whole.equity.subarray(0, n + 1))).toBeNull();
      }),
      draws(300),
    );
  });

  it('loses nothing without costs: profits of all trades are what the account gained', () => {
    fc.assert(
      fc.property(markets({ minBars: 1 }), rules(), lots(), ({ candles, signals }, rules, lot) => {
        const free = { ...rules, lot, costs: { feeRate: 0, feeFrom: 'received', slippage: 0 } as const };
        const { equity, trades } = simulate(candles, listSignals(signals), free);
        const spentOpen = trades.isOpen ? trades.at(trades.count - 1) : null;
        const openProfit = spentOpen === null ? 0 : spentOpen.quantity * candles.close[candles.length - 1] - spentOpen.spent;
        const gained = trades.profits().reduce((sum, profit) => sum + profit, openProfit);
        expect(Math.abs(equity[candles.length] - free.initialCapital - gained)).toBeLessThanOrEqual(1e-9 * Math.max(...equity) * Math.max(1, trades.count));
      }),
      draws(300),
    );
  });
});
