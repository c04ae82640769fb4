import fc from 'fast-check';

import { firstDifference } from '../../test/support/bits.js';
import { caught } from '../../test/support/caught.js';
import { CandleDataError } from '../domain/errors.js';
import { CSV_HEADER, formatCandleCsv, parseCandleCsv, plain } from './candle-csv.js';
import { columnsOf, emptyRows, type CandleRows } from './candle-rows.js';

const FIRST = '1704067200000,42283.58,42554.57,42261.02,42475.23,1271.68108';
const SECOND = '1704070800000,42475.23,42775,42431.65,42613.56,1196.37856';

const parse = (text: string): CandleRows => parseCandleCsv(Buffer.from(text), 'x.csv');
const valuesOf = (rows: CandleRows): number[][] => Array.from(rows.openTime, (_, i) => columnsOf(rows).map((column) => column[i]));
const faultOf = (text: string): string => {
  const { code, message } = caught(CandleDataError, () => parse(text));
  expect(code).toBe('DATA.FILE');
  return message;
};

const price = fc.oneof(
  fc.double({ min: Number.MIN_VALUE, noNaN: true, noDefaultInfinity: true }),
  fc.tuple(fc.nat(), fc.nat(10)).map(([mantissa, decimals]) => mantissa / 10 ** decimals),
  fc.constantFrom(0, Number.MIN_VALUE, Number.MAX_VALUE, 2 ** 53, 2 ** 53 + 2, 1e21, 1e-7, 0.1 + 0.2),
);
const rowsOfAnything = fc.array(fc.tuple(fc.nat(8.64e15), price, price, price, price, price), { maxLength: 20 }).map((values) => {
  const rows = emptyRows(values.length);
  columnsOf(rows).forEach((column, c) => values.forEach((row, i) => (column[i] = row[c])));
  return rows;
});

describe('candle files', () => {
  it('come back bit for bit as they were written, whatever the numbers', () => {
    fc.assert(
      fc.property(rowsOfAnything, (rows) => {
        const back = columnsOf(parse(formatCandleCsv(rows)));
        columnsOf(rows).forEach((column, c) => expect(firstDifference(back[c], column)).toBeNull());
      }),
      { numRuns: 300 },
    );
  });

  it('are read to the same double as Number() reads it, at any number of digits', () => {
    const digits = (most: number): fc.Arbitrary<string> => fc.stringMatching(new RegExp(`^[0-9]{1,${most}}$`));
    const decimal = fc.tuple(digits(25), fc.option(digits(30))).map(([whole, fraction]) => (fraction === null ? whole : `${whole}.${fraction}`));
    fc.assert(
      fc.property(decimal, (text) => {
        expect(parse(`${CSV_HEADER}\n1,${text},1,1,1,1`).open[0]).toBe(Number(text));
      }),
      { numRuns: 1000 },
    );
  });

  it.each(['999999999999999', '9007199254740993', '0.3000000000000000444', '123456789.123456789012', '0.00000000000000000000000012345678901234567', '000000000000000000000.1', '1'.repeat(400)])(
    'reads %s as Number() does',
    (text) => {
      expect(parse(`${CSV_HEADER}\n1,${text},1,1,1,1\n`).open[0]).toBe(Number(text));
    },
  );

  it('are plain text with a header, one line for each candle and no exponents', () => {
    const rows = parse(`${CSV_HEADER}\n${FIRST}\n${SECOND}\n`);
    rows.volume[1] = 1e-7;
    expect(formatCandleCsv(rows)).toBe(`${CSV_HEADER}\n${FIRST}\n${SECOND.replace('1196.37856', '0.0000001')}\n`);
    expect([1.5e-7, 1e21, 1.25e22, 5e-324, 0.1].map(plain)).toEqual(['0.00000015', '1000000000000000000000', '12500000000000000000000', `0.${'0'.repeat(323)}5`, '0.1']);
  });
});

describe('parseCandleCsv', () => {
  const two = [FIRST, SECOND].map((line) => line.split(',').map(Number));

  it.each([
    { why: 'as it is written', text: `${CSV_HEADER}\n${FIRST}\n${SECOND}\n` },
    { why: 'without a newline at the end', text: `${CSV_HEADER}\n${FIRST}\n${SECOND}` },
    { why: 'with Windows line ends', text: `${CSV_HEADER}\r\n${FIRST}\r\n${SECOND}\r\n` },
    { why: 'with Windows line ends, the last one missing', text: `${CSV_HEADER}\r\n${FIRST}\r\n${SECOND}` },
    { why: 'cut off inside its last Windows line end', text: `${CSV_HEADER}\r\n${FIRST}\r\n${SECOND}\r` },
    { why: 'with mixed line ends', text: `${CSV_HEADER}\n${FIRST}\r\n${SECOND}\n` },
    { why: 'with a byte order mark', text: `\uFEFF${CSV_HEADER}\n${FIRST}\n${SECOND}\n` },
    { why: 'with blank lines at the end', text: `${CSV_HEADER}\n${FIRST}\n${SECOND}\n\n\r\n\n` },
  ])('reads a file $why', ({ text }) => {
    expect(valuesOf(parse(text))).toEqual(two);
  });

  it.each([CSV_HEADER, `${CSV_HEADER}\n`, `${CSV_HEADER}\r\n`, `\uFEFF${CSV_HEADER}\n\n\n`])('reads a file of nothing but a header as no candles: %j', (text) => {
    expect(valuesOf(parse(text))).toEqual([]);
  });

  it('reads a part of a larger buffer', () => {
    const whole = Buffer.from(`xx${CSV_HEADER}\n${FIRST}\n1,2`);
    expect(valuesOf(parseCandleCsv(whole.subarray(2, whole.length - 4), 'x.csv'))).toEqual([two[0]]);
  });

  it.each([
    { header: '', column: 1 },
    { header: 'time,open,high,low,close,volume', column: 1 },
    { header: 'Timestamp,Open,High,Low,Close,Volume', column: 1 },
    { header: 'timestamp;open;high;low;close;volume', column: 1 },
    { header: 'timestamp,open,low,high,close,volume', column: 3 },
    { header: 'timestamp,open,high,low,close', column: 6 },
    { header: 'timestamp,open,high,low,close,volume,trades', column: 7 },
    { header: FIRST, column: 1 },
  ])('refuses the header "$header" at column $column', ({ header, column }) => {
    expect(faultOf(`${header}\n${FIRST}\n`)).toBe(`x.csv, line 1, column ${column}: the header must be "${CSV_HEADER}", was "${header}"`);
  });

  it('shows only the beginning of a header that has no end', () => {
    expect(faultOf('x'.repeat(100_000)).length).toBeLessThan(250);
  });

  const DECIMAL = 'a decimal number without sign and exponent';
  const MS = 'a whole number of milliseconds';
  it.each([
    { field: 'abc', c: 4, names: 'column 5: close', expected: DECIMAL },
    { field: 'NaN', c: 1, names: 'column 2: open', expected: DECIMAL },
    { field: 'Infinity', c: 2, names: 'column 3: high', expected: DECIMAL },
    { field: '-5', c: 3, names: 'column 4: low', expected: DECIMAL },
    { field: '+5', c: 3, names: 'column 4: low', expected: DECIMAL },
    { field: '1e5', c: 5, names: 'column 6: volume', expected: DECIMAL },
    { field: '', c: 1, names: 'column 2: open', expected: DECIMAL },
    { field: '', c: 5, names: 'column 6: volume', expected: DECIMAL },
    { field: '.5', c: 1, names: 'column 2: open', expected: DECIMAL },
    { field: '5.', c: 1, names: 'column 2: open', expected: DECIMAL },
    { field: '.', c: 1, names: 'column 2: open', expected: DECIMAL },
    { field: '1.2.3', c: 1, names: 'column 2: open', expected: DECIMAL },
    { field: ' 42', c: 1, names: 'column 2: open', expected: DECIMAL },
    { field: '42 ', c: 5, names: 'column 6: volume', expected: DECIMAL },
    { field: '"42"', c: 1, names: 'column 2: open', expected: DECIMAL },
    { field: '4２', c: 1, names: 'column 2: open', expected: DECIMAL },
    { field: '4\u00002', c: 1, names: 'column 2: open', expected: DECIMAL },
    { field: '', c: 0, names: 'column 1: timestamp', expected: MS },
    { field: '2024-01-01', c: 0, names: 'column 1: timestamp', expected: MS },
    { field: '-1', c: 0, names: 'column 1: timestamp', expected: MS },
  ])('refuses "$field" in $names, on any line', ({ field, c, names, expected }) => {
    const broken = FIRST.split(',').with(c, field).join(',');
    for (const ending of ['\n', '\r\n']) {
      expect(faultOf([CSV_HEADER, broken, SECOND, ''].join(ending))).toBe(`x.csv, line 2, ${names} must be ${expected}, was "${field}"`);
      expect(faultOf([CSV_HEADER, SECOND, SECOND, broken].join(ending))).toBe(`x.csv, line 4, ${names} must be ${expected}, was "${field}"`);
    }
  });

  it('shows only the beginning of a field that has no end', () => {
    expect(faultOf(`${CSV_HEADER}\n1,${'x'.repeat(100_000)}`)).toBe(`x.csv, line 2, column 2: open must be ${DECIMAL}, was "${'x'.repeat(60)}"`);
  });

  it.each([
    { row: '1704070800000,1,2', fault: 'line 3, column 3 (high): the row ends after 3 of 6 fields' },
    { row: '1704070800000', fault: 'line 3, column 1 (timestamp): the row ends after 1 of 6 fields' },
    { row: `${SECOND},5`, fault: 'line 3, column 6 (volume): the row has more than 6 fields' },
    { row: `${SECOND},`, fault: 'line 3, column 6 (volume): the row has more than 6 fields' },
  ])('refuses the row "$row"', ({ row, fault }) => {
    for (const ending of ['\n', '\r\n']) expect(faultOf([CSV_HEADER, FIRST, row, SECOND].join(ending))).toBe(`x.csv, ${fault}`);
  });

  it('refuses a blank line between candles, and blanks on the last one', () => {
    expect(faultOf(`${CSV_HEADER}\n${FIRST}\n\n${SECOND}\n`)).toBe(`x.csv, line 3, column 1: timestamp must be ${MS}, was ""`);
    expect(faultOf(`${CSV_HEADER}\n${FIRST}\n \n`)).toBe(`x.csv, line 3, column 1: timestamp must be ${MS}, was " "`);
  });

  it.each(['\r', '\r\r', '\rx', '\r\r\n'])('refuses candles separated by %j, lest it loses one', (separator) => {
    expect(faultOf(`${CSV_HEADER}\n${[FIRST, SECOND, SECOND].join(separator)}\n`)).toMatch(/^x\.csv, line 2, column 6: volume is followed by a carriage return without a newline$/);
  });

  it('finds the line of a fault deep in a long file', () => {
    const lines = Array.from({ length: 5000 }, () => FIRST);
    expect(faultOf([CSV_HEADER, ...lines.with(4321, FIRST.replace('42283.58', 'oops'))].join('\n'))).toContain('x.csv, line 4323, column 2: open must be');
  });
});
