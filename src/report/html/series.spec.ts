import fc from 'fast-check';

import { markets, rules } from '../../../test/support/arbitraries.js';
import { runBacktest } from '../../backtest/engine/run-backtest.js';
import { listSignals } from '../../domain/signal.js';
import { binsOf } from './histogram.js';
import { holdCurve } from './hold-curve.js';
import { monthPart, shadeOf } from './month-part.js';
import { byYear, monthlyReturns } from './monthly.js';
import { rollingSharpe } from './rolling-sharpe.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

describe('monthlyReturns', () => {
  it('multiply to the whole return', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 1, max: 1000, noNaN: true }), { minLength: 2, maxLength: 300 }), fc.integer({ min: 0, max: 2000 }), fc.constantFrom(HOUR, DAY, 7 * DAY), (values, day, barMs) => {
        const months = monthlyReturns(Float64Array.from(values), Date.UTC(2020, 0, 1) + day * DAY, barMs);
        const product = months.reduce((total, { value }) => total * (1 + value), 1);
        expect(product).toBeCloseTo(values[values.length - 1] / values[0], 6);
      }),
    );
  });

  it('belong to the month of the bar that opened in it, and say when the month is not whole', () => {
    // Bars of 30 January to 2 February: 100 → 101 → 102 | 104 → 103.
    const months = monthlyReturns(Float64Array.of(100, 101, 102, 104, 103), Date.UTC(2024, 0, 30), DAY);
    expect(months).toEqual([
      { year: 2024, month: 0, value: 102 / 100 - 1, partial: true },
      { year: 2024, month: 1, value: 103 / 102 - 1, partial: true },
    ]);
    const whole = monthlyReturns(new Float64Array(1 + 29).fill(1), Date.UTC(2024, 1, 1), DAY);
    expect(whole).toEqual([{ year: 2024, month: 1, value: 0, partial: false }]);
  });

  it('stand in their year, with the year beside them', () => {
    const [first, second] = byYear([
      { year: 2023, month: 11, value: 0.1, partial: false },
      { year: 2024, month: 0, value: 0.1, partial: false },
      { year: 2024, month: 1, value: -0.1, partial: true },
    ]);
    expect([first.year, first.months[11]?.value, first.total]).toEqual([2023, 0.1, expect.closeTo(0.1, 12)]);
    expect([second.year, second.months[11], second.total]).toEqual([2024, null, expect.closeTo(-0.01, 12)]);
  });

  it('are drawn with columns for the months that were tested, and darker where they are larger', () => {
    const { markup } = monthPart([{ year: 2024, month: 10, value: 0.05, partial: true }]);
    expect(markup).toContain('<th scope="col">Nov</th>');
    expect(markup).not.toContain('Oct');
    expect(markup).toContain('+5.0*');
    expect([0, 0.01, 0.2, -0.2, -9].map((value) => shadeOf(value, 0.2))).toEqual(['flat', 'up-1', 'up-4', 'down-4', 'down-4']);
  });
});

describe('binsOf', () => {
  it('counts every value once, and never puts gains and losses into one bar', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -0.9, max: 5, noNaN: true }), { minLength: 1, maxLength: 200 }), (values) => {
        const bins = binsOf(values);
        expect(bins.reduce((total, { count }) => total + count, 0)).toBe(values.length);
        for (const { from, to } of bins) expect(from >= 0 || to <= 1e-12).toBe(true);
        expect(bins.filter(({ to }) => to <= 1e-12).reduce((total, { count }) => total + count, 0)).toBe(values.filter((value) => value < 0).length);
        expect(bins.length).toBeLessThanOrEqual(62);
      }),
    );
  });

  it('has round edges', () => {
    expect(binsOf([-0.02, -0.01, 0.005, 0.03]).map(({ from, count }) => [Number(from.toFixed(6)), count])).toEqual([[-0.02, 1], [-0.015, 0], [-0.01, 1], [-0.005, 0], [0, 0], [0.005, 1], [0.01, 0], [0.015, 0], [0.02, 0], [0.025, 1]]); // prettier-ignore
  });
});

describe('rollingSharpe', () => {
  /** A year of days that win 1 % and lose 0.5 % in turn. */
  const curve = Float64Array.from({ length: 366 }, (_, day) => 100 * 1.01 ** Math.ceil(day / 2) * 0.995 ** Math.floor(day / 2));

  it('is the daily ratio of the days in its window', () => {
    const rolling = rollingSharpe(curve, Date.UTC(2023, 0, 1), DAY);
    // Mean 0.25 %, deviation 0.75 % · √(90 / 89), a year of 365 days.
    const expected = (0.0025 / (0.0075 * Math.sqrt(90 / 89))) * Math.sqrt(365);
    expect(rolling?.window).toBe(90);
    expect(rolling?.values.length).toBe(365 - 90 + 1);
    expect(rolling?.values[0]).toBeCloseTo(expected, 9);
    expect(rolling?.times[0]).toBe(Date.UTC(2023, 0, 90));
    expect(rolling?.times.at(-1)).toBe(Date.UTC(2023, 11, 31));
  });

  it('has a shorter window in a shorter test, none in a month, and none for weeks', () => {
    expect(rollingSharpe(curve.subarray(0, 121), 0, DAY)?.window).toBe(30);
    expect(rollingSharpe(curve.subarray(0, 31), 0, DAY)).toBeNull();
    expect(rollingSharpe(curve, 4 * DAY, 7 * DAY)).toBeNull();
  });

  it('says nothing of days on which the curve stood still', () => {
    expect(rollingSharpe(new Float64Array(366).fill(100), 0, DAY)?.values.every(Number.isNaN)).toBe(true);
  });
});

describe('holdCurve', () => {
  it('ends in the return of holding that the engine reports, to the bit', () => {
    let held = 0;
    fc.assert(
      fc.property(markets(), rules(), ({ candles }, drawn) => {
        fc.pre(candles.length > 0);
        const run = runBacktest({ signals: () => listSignals(new Int8Array(candles.length)) }, candles, { from: 0, to: candles.length }, drawn);
        const curve = holdCurve(candles, drawn);
        held += Number(curve !== null);
        expect(curve === null ? null : curve[curve.length - 1] / drawn.initialCapital - 1).toBe(run.buyAndHoldReturn);
        expect(curve?.[0] ?? drawn.initialCapital).toBe(drawn.initialCapital);
      }),
    );
    expect(held).toBeGreaterThan(10);
  });
});
