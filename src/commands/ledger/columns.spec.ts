import fc from 'fast-check';

import { columnsOf } from '../../report/columns.js';
import { brief, briefSpan, csv, csvCell, table, TABLE_WIDTH, type Column } from './columns.js';

interface Row {
  readonly mode: string;
  readonly text: string;
  readonly amount: string;
}

const COLUMNS: readonly Column<Row>[] = [
  { name: 'mode', value: ({ mode }) => mode, cell: ({ mode }) => mode, shared: true },
  { name: 'hidden', value: () => 1 },
  { name: 'text', value: ({ text }) => text, cell: ({ text }) => text, flexible: true },
  { name: 'amount', title: 'how much', value: ({ amount }) => amount, cell: ({ amount }) => amount, align: 'right' },
];

describe('a table', () => {
  it('aligns its columns, amounts to the right', () => {
    const rows = [
      { mode: 'paper', text: 'a', amount: '1' },
      { mode: 'live', text: 'bcd', amount: '12.5' },
    ];
    expect(table(rows, COLUMNS)).toBe(['mode   text  how much', 'paper  a            1', 'live   bcd       12.5'].join('\n'));
  });

  it('says once what all rows share', () => {
    expect(table([{ mode: 'paper', text: 'a', amount: '1' }], COLUMNS)).toBe(['mode: paper', 'text  how much', 'a            1'].join('\n'));
  });

  it('is never wider than 80 columns, whatever texts it holds', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ mode: fc.constantFrom('paper', 'live'), text: fc.string({ maxLength: 300, unit: 'grapheme' }), amount: fc.constantFrom('1', '123456.789') }), { minLength: 1, maxLength: 5 }), (rows) => {
        for (const line of table(rows, COLUMNS).split('\n')) expect(columnsOf(line)).toBeLessThanOrEqual(TABLE_WIDTH);
      }),
    );
  });
});

describe('CSV', () => {
  it.each([
    ['=1+1', "'=1+1"],
    ['+HYPERLINK("x")', `"'+HYPERLINK(""x"")"`],
    ['-cmd', "'-cmd"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\tx', "'\tx"],
    ['-1.5', '-1.5'],
    ['0.00000001', '0.00000001'],
    ['a,b', '"a,b"'],
    ['line\nbreak', '"line\nbreak"'],
    ['plain', 'plain'],
    [null, ''],
    [{ BNB: '0.1' }, '"{""BNB"":""0.1""}"'],
  ])('writes %j as %s', (value, cell) => {
    expect(csvCell(value)).toBe(cell);
  });

  it('has every column, hidden ones included, with every digit', () => {
    expect(csv([{ mode: 'paper', text: '=a', amount: '0.123456789012345678' }], COLUMNS)).toBe("mode,hidden,text,amount\npaper,1,'=a,0.123456789012345678\n");
  });
});

describe('brief figures', () => {
  it.each([
    ['42122.29', '42122.29'],
    ['0.085996123', '0.085996'],
    ['-0.00000231', '-0.00000231'],
    ['0.000000000001', '~0'],
    ['0', '0'],
    ['120.567891', '120.568'],
    ['3.123456789', '3.12346'],
  ])('%s is shown as %s', (amount, shown) => {
    expect(brief(amount)).toBe(shown);
  });

  it('tells how long something took in one unit', () => {
    expect([0, 1500, 90_000, 150_000, 7_200_000, 172_800_000].map(briefSpan)).toEqual(['0 s', '1 s', '90 s', '2 m', '2 h', '2 d']);
  });
});
