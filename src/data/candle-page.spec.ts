import fc from 'fast-check';

import { CandleDataError } from '../domain/errors.js';
import { barOpenAt } from '../domain/timeframe.js';
import { readPage, SETTLE_MS, type PageRequest } from './candle-page.js';
import type { CandleRows } from './candle-rows.js';

const HOUR = 3_600_000;
const START = Date.UTC(2024, 0, 1);
const REQUEST: PageRequest = { symbol: 'BTC/USDT', timeframe: '1h', sinceMs: START, limit: 100, serverTimeMs: START + 1000 * HOUR };

const row = (i: number, price = 100): number[] => [START + i * HOUR, price, price * 1.01, price * 0.99, price, 5];
const rows = (count: number, price = 100): number[][] => Array.from({ length: count }, (_, i) => row(i, price));
const read = (page: readonly unknown[], request: Partial<PageRequest> = {}): CandleRows => readPage(page as number[][], { ...REQUEST, ...request });
const hours = ({ openTime }: CandleRows): number[] => Array.from(openTime, (time) => (time - START) / HOUR);

describe('readPage', () => {
  it('sorts, counts the same row once, and leaves the rows alone otherwise', () => {
    const page = read([row(2), row(0), row(1), row(2), row(0)]);
    expect(hours(page)).toEqual([0, 1, 2]);
    expect([...page.high]).toEqual([101, 101, 101]);
  });

  it.each([
    { atMs: START + 3 * HOUR + SETTLE_MS, closed: 3 },
    { atMs: START + 3 * HOUR + SETTLE_MS - 1, closed: 2 },
    { atMs: START + 3 * HOUR - 1, closed: 2 },
    { atMs: START + 2 * HOUR + SETTLE_MS, closed: 2 },
  ])('at $atMs holds $closed rows for closed and settled', ({ atMs, closed }) => {
    expect(hours(read(rows(3), { serverTimeMs: atMs }))).toHaveLength(closed);
  });

  it('takes a row for one of the future only when it had not begun by the time the answer came', () => {
    const atMs = START + 3 * HOUR - 5;
    expect(() => read(rows(4), { serverTimeMs: atMs })).toThrow('row 4 opens at 2024-01-01T03:00:00.000Z, which is in the future');
    expect(hours(read(rows(4), { serverTimeMs: atMs, tookMs: 5 }))).toEqual([0, 1]);
  });

  it('drops the row before the start, which some exchanges send along, and refuses older ones', () => {
    expect(hours(read([row(-1), ...rows(2)]))).toEqual([0, 1]);
    expect(() => read([row(-2), ...rows(2)])).toThrow('row 1 opens at 2023-12-31T22:00:00.000Z, before the 2024-01-01T00:00:00.000Z asked for');
  });

  it.each([3.1, 1 / 3.1])('a last row at %p times the price before waits for the next one, which tells a leap from a mistake', (factor) => {
    const page = [...rows(3), row(3, 100 * factor)];
    expect(hours(read(page))).toEqual([0, 1, 2]);
    expect(hours(read([...page, row(4, 100 * factor)]))).toEqual([0, 1, 2, 3, 4]);
    expect(() => read([...page, row(4)])).toThrow('leaves its neighbours');
  });

  it('a last row at twice the price before is taken', () => {
    expect(hours(read([...rows(3), row(3, 200)]))).toEqual([0, 1, 2, 3]);
  });

  it('gives checked candles or refuses, whatever it is given', () => {
    const cell = fc.oneof({ weight: 3, arbitrary: fc.constant('same') }, fc.double(), fc.constantFrom<unknown>(null, undefined, '1', '', NaN, -1, 0, 1e300, {}, [[]]));
    const damaged = fc.array(fc.tuple(fc.nat(20), cell, cell, cell), { maxLength: 12 }).map((list) =>
      list.map(([i, time, price, volume]) => row(i).map((value, c) => (c === 0 && time !== 'same' ? time : c === 4 && price !== 'same' ? price : c === 5 && volume !== 'same' ? volume : value))),
    );
    fc.assert(
      fc.property(damaged, (page) => {
        let made: CandleRows;
        try {
          made = read(page);
        } catch (error) {
          expect(error).toBeInstanceOf(CandleDataError);
          return;
        }
        made.openTime.forEach((time, i) => {
          expect(barOpenAt(time, '1h')).toBe(time);
          expect(i === 0 || time > made.openTime[i - 1]).toBe(true);
          expect(made.low[i] > 0 && made.low[i] <= made.close[i] && made.close[i] <= made.high[i] && made.volume[i] >= 0).toBe(true);
        });
      }),
      { numRuns: 500 },
    );
  });
});
