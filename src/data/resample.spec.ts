import fc from 'fast-check';

import { caught } from '../../test/support/caught.js';
import { CandleDataError } from '../domain/errors.js';
import type { Timeframe } from '../domain/timeframe.js';
import { columnsOf, emptyRows, rowFrom, sliceRows, type CandleRows } from './candle-rows.js';
import { resample } from './resample.js';

const MINUTE = 60_000;
const DAY = 86_400_000;
/** A Monday. */
const START = Date.UTC(2024, 0, 1);

type Row = readonly [time: number, open: number, high: number, low: number, close: number, volume: number];

function rowsOf(rows: readonly Row[]): CandleRows {
  const made = emptyRows(rows.length);
  columnsOf(made).forEach((column, c) => rows.forEach((row, i) => (column[i] = row[c])));
  return made;
}

const valuesOf = (rows: CandleRows): number[][] => Array.from(rows.openTime, (_, i) => columnsOf(rows).map((column) => column[i]));
const minutes = (count: number, from = 0): Row[] => Array.from({ length: count }, (_, i) => [START + (from + i) * MINUTE, 100 + i, 110 + i, 90 + i, 105 + i, 0.1]);
const all = (rows: readonly Row[], covered = { from: rows[0][0], to: (rows.at(-1) as Row)[0] + MINUTE }, to: Timeframe = '5m'): number[][] => valuesOf(resample(rowsOf(rows), '1m', to, covered));

describe('candles of a longer timeframe', () => {
  it('take the first open, the highest high, the lowest low, the last close and all of the volume', () => {
    const rows: Row[] = [
      [START, 100, 103, 99, 102, 1],
      [START + MINUTE, 102, 120, 101, 104, 2],
      [START + 2 * MINUTE, 104, 105, 80, 90, 0.25],
      [START + 3 * MINUTE, 90, 91, 89, 90, 0],
      [START + 4 * MINUTE, 90, 95, 88, 93, 0.125],
    ];
    expect(all(rows)).toEqual([[START, 100, 120, 80, 93, 3.375]]);
  });

  it('sum the volumes exactly: ten times a tenth is one', () => {
    expect(all(minutes(10), undefined, '5m').map((row) => row[5])).toEqual([0.5, 0.5]);
    expect(valuesOf(resample(rowsOf(minutes(60)), '1m', '1h', { from: START, to: START + 60 * MINUTE }))[0][5]).toBe(6);
  });

  it('are left out at the ends where the rows do not cover them', () => {
    expect(all(minutes(13, 2)).map(([time]) => (time - START) / MINUTE)).toEqual([5, 10]);
    expect(all(minutes(2, 1))).toEqual([]);
  });

  it('are made of what exists where a halt cuts them short, and not made where nothing does', () => {
    const rows = minutes(20).filter((_, minute) => minute !== 0 && !(minute >= 3 && minute < 12) && minute !== 19);
    expect(all(rows, { from: START, to: START + 20 * MINUTE }).map(([time, open, , , close, volume]) => [(time - START) / MINUTE, open, close, volume])).toEqual([
      [0, 101, 107, 0.2],
      [10, 112, 119, 0.3],
      [15, 115, 123, 0.4],
    ]);
  });

  it('begin on the grid of their own, weeks on Monday', () => {
    const days: Row[] = Array.from({ length: 16 }, (_, i) => [START + (i - 1) * DAY, 100, 101, 99, 100, 1]);
    const weeks = resample(rowsOf(days), '1d', '1w', { from: START - DAY, to: START + 15 * DAY });
    expect(Array.from(weeks.openTime)).toEqual([START, START + 7 * DAY]);
    expect(Array.from(weeks.volume)).toEqual([7, 7]);
  });

  it.each([['1m', '1m'], ['5m', '1m'], ['1h', '30m'], ['4h', '6h'], ['3d', '1w']] as const)('are not made of %s for %s', (from, to) => {
    expect(caught(CandleDataError, () => resample(emptyRows(0), from, to, { from: 0, to: 0 })).message).toBe(`Candles of ${to} cannot be made of candles of ${from}`);
  });

  it('of no rows are none', () => {
    expect(valuesOf(resample(emptyRows(0), '1m', '1h', { from: START, to: START + DAY }))).toEqual([]);
  });
});

const amount = fc.integer({ min: 1, max: 1e9 }).map((units) => units / 1e8);
const walks = fc
  .record({ prices: fc.array(amount, { minLength: 1, maxLength: 400 }), volumes: fc.array(amount, { minLength: 1, maxLength: 50 }), holes: fc.array(fc.nat(399), { maxLength: 80 }), offset: fc.nat(200) })
  .map(({ prices, volumes, holes, offset }) => {
    const halted = new Set(holes);
    const rows = prices
      .map((price, i): Row => {
        const close = prices[(i + 1) % prices.length];
        return [START + (offset + i) * MINUTE, price, Math.max(price, close) * 2, Math.min(price, close) / 2, close, volumes[i % volumes.length]];
      })
      .filter((_, i) => !halted.has(i));
    return { rows: rowsOf(rows), covered: { from: START + offset * MINUTE, to: START + (offset + prices.length) * MINUTE } };
  });

describe('resampling', () => {
  it('in two steps gives what one step gives, wherever the longer bars are whole', () => {
    fc.assert(
      fc.property(walks, ({ rows, covered }) => {
        const direct = resample(rows, '1m', '1h', covered);
        const fives = resample(rows, '1m', '5m', covered);
        const span = { from: Math.ceil(covered.from / (5 * MINUTE)) * 5 * MINUTE, to: Math.floor(covered.to / (5 * MINUTE)) * 5 * MINUTE };
        expect(valuesOf(resample(fives, '5m', '1h', span))).toEqual(valuesOf(direct));
      }),
    );
  });

  it('gives the same bar whatever comes with it', () => {
    fc.assert(
      fc.property(walks, fc.nat(6), ({ rows, covered }, skipped) => {
        const from = Math.min(covered.to, (Math.floor(covered.from / (60 * MINUTE)) + skipped) * 60 * MINUTE);
        const part = { from: Math.max(from, covered.from), to: covered.to };
        const later = resample(sliceRows(rows, rowFrom(rows.openTime, part.from), rows.openTime.length), '1m', '15m', part);
        expect(valuesOf(later)).toEqual(valuesOf(resample(rows, '1m', '15m', covered)).filter(([time]) => time >= part.from));
      }),
    );
  });
});
