import fc from 'fast-check';

import type { Candles } from '../../src/domain/candles.js';
import { IndicatorSet } from '../../src/strategy/indicator-set.js';
import { firstDifference } from '../support/bits.js';
import { candles, fetchedAlone } from '../support/candle-builder.js';
import { candlesOf, tapes } from '../support/tapes.js';
import { INDICATOR_TABLE, type TableRow } from './indicator-table.js';

const MOST_MORE = 11;

const windows = ({ smallest }: TableRow): fc.Arbitrary<number> => fc.integer({ min: smallest, max: smallest + MOST_MORE });

/** The first place at which two columns are further apart than a share of the price (or of 100). */
function firstApart(actual: ArrayLike<number>, expected: ArrayLike<number>, factor: number, scale: (row: number) => number, share: number): unknown {
  for (let i = 0; i < expected.length; i++) {
    const bothUndefined = Number.isNaN(actual[i]) && Number.isNaN(expected[i]);
    if (!bothUndefined && !(Math.abs(actual[i] / factor - expected[i]) <= share * scale(i))) return { row: i, actual: actual[i], expected: expected[i] };
  }
  return null;
}

/** Largest price of the last rows: what a value of row i was made of. */
function priceScale({ high }: Candles): (row: number) => number {
  const largest = high.reduce((most, price) => Math.max(most, price), 0);
  return () => largest;
}

/** Candles that no data layer would let through: these rows are undefined in every column. */
function withHoles(series: Candles, rows: readonly number[]): Candles {
  const holed = (column: Float64Array): Float64Array => column.map((value, row) => (rows.includes(row) ? NaN : value));
  const columns = { open: holed(series.open), high: holed(series.high), low: holed(series.low), close: holed(series.close), volume: holed(series.volume) };
  return { ...columns, length: series.length, timeframe: series.timeframe, openTime: series.openTime, ticksOf: () => null } as unknown as Candles;
}

describe.each(INDICATOR_TABLE)('$name', (indicator) => {
  const { unit, memory, columns, smallest, rounding } = indicator;

  if (Number.isFinite(memory(smallest))) {
    it('depends on no more bars than it declares, bit for bit', () => {
      fc.assert(
        fc.property(windows(indicator), tapes(), fc.nat(), (window, tape, draw) => {
          const bars = memory(window);
          const whole = candlesOf(tape, bars + 260);
          const from = draw % 259;
          const later = fetchedAlone(whole.slice(from));
          const found = columns(new IndicatorSet(later), window);
          for (const [name, column] of Object.entries(columns(new IndicatorSet(whole), window))) {
            const tail = Array.from(column).slice(from + bars);
            expect({ name, difference: firstDifference(Array.from(found[name]).slice(bars), tail) }).toEqual({ name, difference: null });
          }
        }),
        { numRuns: 30 },
      );
    });
  }

  it.each([
    { factor: '1e-8' as const, by: 1e-8 },
    { factor: '1e6' as const, by: 1e6 },
  ])('does not care for the price level: times $factor', ({ factor, by }) => {
    fc.assert(
      fc.property(windows(indicator), tapes(4), fc.integer({ min: 1, max: 900 }), (window, tape, bars) => {
        const plain = candlesOf(tape, bars);
        const found = columns(new IndicatorSet(candlesOf(tape, bars, factor)), window);
        const scale = unit === 'price' ? priceScale(plain) : () => 100;
        for (const [name, column] of Object.entries(columns(new IndicatorSet(plain), window))) {
          expect({ name, apart: firstApart(found[name], column, unit === 'price' ? by : 1, scale, rounding) }).toEqual({ name, apart: null });
        }
      }),
      { numRuns: 30 },
    );
  });

  it('is undefined everywhere where the window is longer than the candles, and has no rows where there are none', () => {
    const set = new IndicatorSet(candles().ramp(10, 20, 8).build());
    const found = Object.values(columns(set, 9));
    if (!['trueRange', 'sar', 'obv'].includes(indicator.name)) expect(found.every((column) => Array.from(column).every((value) => Number.isNaN(value) || value === 0))).toBe(true);
    for (const column of Object.values(columns(new IndicatorSet(candles().build()), 3 + smallest))) expect(column).toHaveLength(0);
  });

  it('never throws on undefined values, and says nothing of rows before the first defined one', () => {
    fc.assert(
      fc.property(windows(indicator), tapes(), fc.integer({ min: 0, max: 40 }), fc.array(fc.nat(199), { maxLength: 6 }), (window, tape, leading, holes) => {
        const rows = [...Array(leading).keys(), ...holes];
        for (const column of Object.values(columns(new IndicatorSet(withHoles(candlesOf(tape, 200), rows)), window))) {
          expect(column).toHaveLength(200);
          expect(Array.from(column).slice(0, leading).every((value) => Number.isNaN(value) || column instanceof Int8Array)).toBe(true);
        }
      }),
      { numRuns: 30 },
    );
  });

  it('is worked out once', () => {
    const set = new IndicatorSet(candles().ramp(10, 20, 30).build());
    const [once, again] = [columns(set, smallest + 1), columns(set, smallest + 1)];
    for (const name of Object.keys(once)) expect(again[name]).toBe(once[name]);
  });
});
