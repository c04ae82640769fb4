import fc from 'fast-check';

import { addStretch, CASH, COINS, holdCash, markStretch, startTotals, summaryOf, totalsOf } from './curve-totals.js';

describe('totals of a curve', () => {
  it('add up returns, their squares and the squares of the negative ones', () => {
    // Returns 0.5, -0.5, 1: sum 1, squares 1.5, shortfalls 0.25; the fall from point 1 to point 2 is one half.
    expect(summaryOf(totalsOf(Float64Array.of(100, 150, 75, 150)))).toEqual({ sum: 1, squares: 1.5, shortfalls: 0.25, lowest: 0.5, peak: 1, trough: 2 });
  });

  it('know no fall where there is none', () => {
    expect(summaryOf(totalsOf(Float64Array.of(100, 100, 120)))).toMatchObject({ shortfalls: 0, lowest: 1, peak: null, trough: null });
    expect(summaryOf(totalsOf(Float64Array.of(100)))).toEqual({ sum: 0, squares: 0, shortfalls: 0, lowest: 1, peak: null, trough: null });
  });

  const curves = fc.array(fc.integer({ min: 60, max: 140 }), { minLength: 2, maxLength: 60, size: 'max' }).map((points) => Float64Array.from(points));

  it('are the same in one stretch and in several', () => {
    fc.assert(
      fc.property(curves, fc.array(fc.nat(60)), (equity, draws) => {
        const last = equity.length - 1;
        const borders = [0, ...draws.map((draw) => draw % (last + 1)).sort((a, b) => a - b), last];
        const totals = startTotals(equity[0]);
        for (let k = 1; k < borders.length; k++) addStretch(totals, equity, borders[k - 1], borders[k]);
        expect(totals).toEqual(totalsOf(equity));
      }),
    );
  });

  it('are the same whether the curve is made of cash and coins on the way or was there before', () => {
    const stretches = fc.array(fc.record({ bars: fc.integer({ min: 0, max: 6 }), cash: fc.nat(200), coins: fc.nat(5) }), { maxLength: 10, size: 'max' });
    fc.assert(
      fc.property(stretches, fc.array(fc.integer({ min: 60, max: 140 }), { minLength: 60, maxLength: 60 }), (stretches, prices) => {
        const close = Float64Array.from(prices);
        const equity = new Float64Array(61);
        equity[0] = 100;
        const totals = startTotals(100);
        let bar = 0;
        for (const { bars, cash, coins } of stretches) {
          totals[CASH] = cash + 1;
          totals[COINS] = coins;
          if (coins === 0) holdCash(totals, equity, bar, bar + bars);
          else markStretch(totals, equity, close, bar, bar + bars);
          expect([...equity.subarray(bar + 1, bar + bars + 1)]).toEqual([...close.subarray(bar, bar + bars)].map((price) => cash + 1 + coins * price));
          bar += bars;
        }
        expect(summaryOf(totals)).toEqual(summaryOf(totalsOf(equity.subarray(0, bar + 1))));
      }),
      { numRuns: 300 },
    );
  });

  it('find the deepest fall by the plain definition', () => {
    fc.assert(
      fc.property(curves, (equity) => {
        const falls = Array.from(equity, (value, i) => value / Math.max(...equity.subarray(0, i + 1)));
        const { lowest, peak, trough } = summaryOf(totalsOf(equity));
        expect(lowest).toBe(Math.min(...falls));
        expect(trough).toBe(lowest < 1 ? falls.indexOf(lowest) : null);
        expect(peak).toBe(lowest < 1 ? equity.indexOf(Math.max(...equity.subarray(0, falls.indexOf(lowest)))) : null);
      }),
      { numRuns: 1000 },
    );
  });
});
