import { caught } from '../../test/support/caught.js';
import { CandleDataError } from '../domain/errors.js';
import { gridOffsetMs, timeframeMs, TIMEFRAMES, type Timeframe } from '../domain/timeframe.js';
import { checkRows, completeGrid } from './candle-grid.js';
import { COLUMN_NAMES, columnsOf, emptyRows, type CandleRows } from './candle-rows.js';

const HOUR = 3_600_000;
const T0 = Date.UTC(2024, 0, 1);

type Row = readonly [time: number, open: number, high: number, low: number, close: number, volume: number];

function rowsOf(values: readonly Row[]): CandleRows {
  const rows = emptyRows(values.length);
  columnsOf(rows).forEach((column, c) => values.forEach((row, i) => (column[i] = row[c])));
  return rows;
}

const at = (time: number): Row => [time, 100, 110, 90, 105, 1];
const hourly = (...hours: readonly number[]): Row[] => hours.map((hour) => at(T0 + hour * HOUR));
const faultOf = (rows: readonly Row[], timeframe: Timeframe = '1h'): string => {
  const { code, message } = caught(CandleDataError, () => checkRows(rowsOf(rows), timeframe, (row, column) => `row ${row}, ${COLUMN_NAMES[column]}`));
  expect(code).toBe('DATA.INVALID');
  return message;
};

describe('checkRows', () => {
  it.each([
    { why: 'no rows', rows: [] },
    { why: 'one row', rows: hourly(0) },
    { why: 'two rows far apart', rows: hourly(0, 5000) },
    { why: 'rows with holes', rows: hourly(0, 1, 7, 8, 20) },
    { why: 'a candle that did not move', rows: [[T0, 100, 100, 100, 100, 0] as const] },
    { why: 'the smallest and largest prices there are', rows: [[T0, 1, Number.MAX_VALUE, Number.MIN_VALUE, 1, 0] as const] },
  ])('accepts $why', ({ rows }) => {
    expect(() => checkRows(rowsOf(rows), '1h', String)).not.toThrow();
  });

  it.each([
    { why: 'a price of zero', row: [0, 100, 110, 0, 105, 1], fault: 'row 1, low must be above 0, was 0' },
    { why: 'a negative price', row: [0, -100, 110, 90, 105, 1], fault: 'row 1, open must be above 0, was -100' },
    { why: 'a price that is none', row: [0, 100, 110, 90, NaN, 1], fault: 'row 1, close must be above 0, was NaN' },
    { why: 'an infinite price', row: [0, 100, Infinity, 90, 105, 1], fault: 'row 1, high must be above 0, was Infinity' },
    { why: 'a negative volume', row: [0, 100, 110, 90, 105, -1], fault: 'row 1, volume must be 0 or more, was -1' },
    { why: 'a volume that is none', row: [0, 100, 110, 90, 105, NaN], fault: 'row 1, volume must be 0 or more, was NaN' },
    { why: 'an infinite volume', row: [0, 100, 110, 90, 105, Infinity], fault: 'row 1, volume must be 0 or more, was Infinity' },
    { why: 'a high below the low', row: [0, 100, 80, 90, 105, 1], fault: 'row 1, high 80 is below the low 90' },
    { why: 'a high below the open', row: [0, 120, 110, 90, 105, 1], fault: 'row 1, high 110 is below the open 120' },
    { why: 'a high below the close', row: [0, 100, 110, 90, 115, 1], fault: 'row 1, high 110 is below the close 115' },
    { why: 'a low above the open', row: [0, 80, 110, 90, 105, 1], fault: 'row 1, low 90 is above the open 80' },
    { why: 'a low above the close', row: [0, 100, 110, 90, 85, 1], fault: 'row 1, low 90 is above the close 85' },
  ])('refuses $why, naming the row', ({ row, fault }) => {
    const [, open, high, low, close, volume] = row;
    expect(faultOf([...hourly(0), [T0 + HOUR, open, high, low, close, volume], ...hourly(2)])).toBe(fault);
  });

  it.each([
    { why: 'the same time twice', rows: hourly(0, 1, 1), fault: `row 2, timestamp ${T0 + HOUR} (2024-01-01T01:00:00.000Z) is there twice` },
    { why: 'times that go back', rows: hourly(0, 2, 1), fault: `row 2, timestamp ${T0 + HOUR} (2024-01-01T01:00:00.000Z) comes after ${T0 + 2 * HOUR}; times must ascend` },
    { why: 'the newest first', rows: hourly(2, 1, 0), fault: `row 1, timestamp ${T0 + HOUR} (2024-01-01T01:00:00.000Z) comes after ${T0 + 2 * HOUR}; times must ascend` },
    { why: 'a time off the grid', rows: [at(T0 + 1)], fault: `row 0, timestamp ${T0 + 1} (2024-01-01T00:00:00.001Z) is not on the 1h grid` },
    { why: 'half a millisecond', rows: [at(T0 + 0.5)], fault: `row 0, timestamp must be a whole number of milliseconds, was ${T0 + 0.5}` },
    { why: 'times in seconds', rows: [at(T0 / 1000)], fault: `row 0, timestamp must be in milliseconds, was ${T0 / 1000}, which looks like seconds` },
    { why: 'times in microseconds', rows: [at(T0 * 1000)], fault: `row 0, timestamp must be in milliseconds, was ${T0 * 1000}, which looks like microseconds` },
    { why: 'a time of zero', rows: [at(0)], fault: 'row 0, timestamp must be a whole number of milliseconds, was 0' },
    { why: 'a time that is none', rows: [at(NaN)], fault: 'row 0, timestamp must be a whole number of milliseconds, was NaN' },
  ])('refuses $why', ({ rows, fault }) => {
    expect(faultOf(rows)).toBe(fault);
  });

  it('refuses candles of a shorter timeframe, and names it', () => {
    const minutes = [0, 1, 2, 3].map((minute) => at(T0 + minute * 60_000));
    expect(faultOf(minutes)).toBe(`row 1, timestamp ${T0 + 60_000} (2024-01-01T00:01:00.000Z) is not on the 1h grid; rows are 1m apart`);
  });

  it('refuses candles of a longer timeframe, and names it', () => {
    expect(faultOf(hourly(0, 4, 8, 12), '1h')).toBe('row 1, timestamp: rows are 4h apart everywhere; these are no candles of 1h');
    expect(faultOf(hourly(0, 5, 12), '1h')).toBe('row 1, timestamp: rows are 18000000 ms apart everywhere; these are no candles of 1h');
  });

  it.each(TIMEFRAMES.flatMap((held) => TIMEFRAMES.filter((asked) => asked !== held).map((asked) => ({ held, asked }))))('tells candles of $held from candles of $asked', ({ held, asked }) => {
    const start = gridOffsetMs(held) + 3000 * timeframeMs('1w');
    const rows = Array.from({ length: 30 }, (_, i) => at(start + i * timeframeMs(held)));
    expect(() => checkRows(rowsOf(rows), held, String)).not.toThrow();
    expect(() => checkRows(rowsOf(rows), asked, String)).toThrow(CandleDataError);
  });

  it('has weeks open on Monday and not on Thursday, where the epoch began', () => {
    expect(() => checkRows(rowsOf([at(Date.UTC(2024, 0, 1))]), '1w', String)).not.toThrow();
    expect(faultOf([at(Date.UTC(2024, 0, 4))], '1w')).toContain('is not on the 1w grid');
  });
});

describe('completeGrid', () => {
  it('repeats the last close with volume 0, and marks it, where there is no candle', () => {
    const candles = completeGrid('BTC/USDT', '1h', rowsOf([[T0, 100, 110, 90, 105, 1], [T0 + 3 * HOUR, 200, 210, 190, 205, 2], [T0 + 4 * HOUR, 205, 205, 205, 205, 3]]));
    expect([...candles.missing]).toEqual([0, 1, 1, 0, 0]);
    expect([...candles.openTime]).toEqual([0, 1, 2, 3, 4].map((hour) => T0 + hour * HOUR));
    expect([...candles.open]).toEqual([100, 105, 105, 200, 205]);
    expect([...candles.high]).toEqual([110, 105, 105, 210, 205]);
    expect([...candles.low]).toEqual([90, 105, 105, 190, 205]);
    expect([...candles.close]).toEqual([105, 105, 105, 205, 205]);
    expect([...candles.volume]).toEqual([1, 0, 0, 2, 3]);
    expect(candles.missingBars).toBe(2);
  });

  it('takes rows without holes as they are, with no marks', () => {
    const rows = rowsOf(hourly(0, 1, 2));
    const candles = completeGrid('BTC/USDT', '1h', rows);
    expect([candles.close, candles.missingBars]).toEqual([rows.close, 0]);
  });

  it('makes no candles of no rows', () => {
    expect(completeGrid('BTC/USDT', '1h', emptyRows(0)).length).toBe(0);
  });

  it('refuses a span that no market has, instead of filling the memory', () => {
    const rows = rowsOf([at(T0), at(Date.UTC(2200, 0, 1))]); // 176 years with 43 leap days: 64,283 days of 1440 minutes, and one
    const { message } = caught(CandleDataError, () => completeGrid('BTC/USDT', '1m', rows));
    expect(message).toBe('From 2024-01-01T00:00:00.000Z to 2200-01-01T00:00:00.000Z are 92567521 bars of 1m; at most 60000000 are possible');
  });
});
