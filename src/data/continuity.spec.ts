import { columnsOf, emptyRows, type CandleRows } from './candle-rows.js';
import { compareWithKnown } from './continuity.js';

const HOUR = 3_600_000;
const START = Date.UTC(2024, 0, 1);
const MARKET = { symbol: 'BTC/USDT', timeframe: '1h' } as const;

const row = (i: number, price = 100): number[] => [START + i * HOUR, price, price * 1.01, price * 0.99, price, 5];
const rows = (count: number): number[][] => Array.from({ length: count }, (_, i) => row(i));

function read(lines: readonly number[][]): CandleRows {
  const made = emptyRows(lines.length);
  columnsOf(made).forEach((column, c) => lines.forEach((line, i) => (column[i] = line[c])));
  return made;
}

describe('compareWithKnown', () => {
  const known = read(rows(5));
  const compare = (page: readonly number[][]): number[] => compareWithKnown(known, read(page), MARKET).map((time) => (time - START) / HOUR);

  it('finds nothing in what is the same, or new', () => {
    expect(compare(rows(5))).toEqual([]);
    expect(compare([row(5), row(6)])).toEqual([]);
    expect(compare([])).toEqual([]);
    expect(compareWithKnown(read([]), read(rows(3)), MARKET)).toEqual([]);
  });

  it.each([
    { why: 'a volume', change: [0, 0, 0, 0, 7] },
    { why: 'an open', change: [0.9, 0, 0, 0, 0] },
    { why: 'a close by more than a tenth', change: [0, 15, -15, 12, 0] },
    { why: 'open and close by less than a tenth', change: [5, 10, 0, 9, 0] },
  ])('reports $why put right', ({ change }) => {
    const revised = row(3).map((value, c) => value + (change[c - 1] ?? 0));
    expect(compare([row(2), revised, row(4)])).toEqual([3]);
  });

  it.each([
    { why: 'open and close moved by more than a tenth', other: row(3, 115) },
    { why: 'open and close moved by more than a tenth downwards', other: row(3, 85) },
    { why: 'the high is three times as high', other: row(3).with(2, 304) },
    { why: 'everything is a sixteenth', other: row(3, 100 / 16) },
  ])('refuses a candle of which $why: it is of another market', ({ other }) => {
    expect(() => compareWithKnown(known, read([other]), MARKET)).toThrow(/its candle of 2024-01-01T03:00:00\.000Z .* has nothing in common with the one that is known/);
  });

  it('looks at every candle that both have, holes or not', () => {
    const holed = read([row(0), row(1), row(3), row(6), row(8)]);
    const page = [row(1), row(2), row(3).with(5, 9), row(4), row(8).with(5, 9)];
    expect(compareWithKnown(holed, read(page), MARKET).map((time) => (time - START) / HOUR)).toEqual([3, 8]);
  });
});
