import { readRawTable, type ColumnMap, type RawRow } from './raw-table.js';

const T = 1_704_067_200_000;
const values = ({ time, open, high, low, close, volume }: RawRow): number[] => [time, open, high, low, close, volume];
const read = (text: string, map?: ColumnMap): number[][] => readRawTable(text, map).rows.map(values);
const EXPECTED = [[T, 1, 2, 0.5, 1.5, 10]];

describe("other people's files", () => {
  it.each([
    { why: 'our header', text: `timestamp,open,high,low,close,volume\n${T},1,2,0.5,1.5,10\n` },
    { why: 'capital letters', text: `Timestamp,Open,High,Low,Close,Volume\n${T},1,2,0.5,1.5,10` },
    { why: 'short names', text: `time,o,h,l,c,v\n${T},1,2,0.5,1.5,10` },
    { why: 'another order', text: `volume,close,low,high,open,date\n10,1.5,0.5,2,1,${T}` },
    { why: 'more columns', text: `unix,date,symbol,open,high,low,close,Volume BTC,Volume USDT,tradecount\n${T},2024-01-01 00:00:00,BTC/USDT,1,2,0.5,1.5,10,20,3` },
    { why: 'dates', text: `Date,Open,High,Low,Close,Volume\n2024-01-01,1,2,0.5,1.5,10` },
    { why: 'dates and times with a zone', text: `datetime,open,high,low,close,volume\n2024-01-01T02:00:00+02:00,1,2,0.5,1.5,10` },
    { why: 'dates and times as pandas writes them', text: `datetime,open,high,low,close,volume\n2024-01-01 00:00:00+00:00,1,2,0.5,1.5,10` },
    { why: 'dates and times of UTC by name', text: `datetime,open,high,low,close,volume\n2024-01-01 00:00:00 UTC,1,2,0.5,1.5,10` },
    { why: 'quotation marks', text: `"timestamp","open","high","low","close","volume"\n"${T}","1","2","0.5","1.5","10"` },
    { why: 'semicolons', text: `timestamp;open;high;low;close;volume\n${T};1;2;0.5;1.5;10` },
    { why: 'tabs', text: `timestamp\topen\thigh\tlow\tclose\tvolume\n${T}\t1\t2\t0.5\t1.5\t10` },
    { why: 'exponents, signs and bare points', text: `timestamp,open,high,low,close,volume\n${T},1e0,+2,.5,15e-1,1.E1` },
    { why: 'carriage returns and blank lines', text: `\r\n\r\ntimestamp,open,high,low,close,volume\r\n\r\n${T},1,2,0.5,1.5,10\r\n\r\n` },
    { why: 'a byte order mark', text: `\uFEFFtimestamp,open,high,low,close,volume\n${T},1,2,0.5,1.5,10` },
    { why: "no header, as the exchange's archives", text: `${T},1,2,0.5,1.5,10,1704070799999,20.5,617,5,10.1,0\n` },
    { why: 'no header and a date', text: `2024-01-01 00:00:00,1,2,0.5,1.5,10` },
  ])('with $why are read', ({ text }) => {
    expect(readRawTable(text)).toMatchObject({ unreadable: [] });
    expect(read(text)).toEqual(EXPECTED);
  });

  it('keep the number of each line', () => {
    const { rows, unreadable } = readRawTable(`timestamp,open,high,low,close,volume\n\n${T},1,2,0.5,1.5,10\nnonsense\n${T},1,2,0.5,1.5,10\n`);
    expect([rows.map(({ line }) => line), unreadable.map(({ line }) => line)]).toEqual([[3, 5], [4]]);
  });

  it.each([
    { line: 'nonsense', reason: 'timestamp is "nonsense"' },
    { line: `${T},1,2`, reason: 'low is missing' },
    { line: `${T},1,2,0.5,,10`, reason: 'close is missing' },
    { line: `${T},1,2,0.5,NaN,10`, reason: 'close is "NaN"' },
    { line: `${T},1,2,0.5,1.5,0x10`, reason: 'volume is "0x10"' },
    { line: `${T},1,2,0.5,1.5,1e999`, reason: 'volume is "1e999"' },
    { line: `2024-02-30,1,2,0.5,1.5,10`, reason: 'timestamp is "2024-02-30"' },
    { line: `${'x'.repeat(100)},1,2,0.5,1.5,10`, reason: `timestamp is "${'x'.repeat(40)}"` },
  ])('remember the line $line as one that cannot be read', ({ line, reason }) => {
    expect(readRawTable(`timestamp,open,high,low,close,volume\n${line}\n${T},1,2,0.5,1.5,10`)).toMatchObject({ rows: [{ line: 3 }], unreadable: [{ line: 2, reason }] });
  });

  it('are read by a map of columns, by name or by number', () => {
    const text = `When,A,B,C,D,E\n${T},1,2,0.5,1.5,10`;
    expect(read(text, { timestamp: 'when', open: 'A', high: '3', low: 'c', close: 'D', volume: '6' })).toEqual(EXPECTED);
    expect(read(`${T},x,1,2,0.5,1.5,10`, { open: '3', high: '4', low: '5', close: '6', volume: '7' })).toEqual(EXPECTED);
  });

  it.each([
    { why: 'a header without such a name', text: 'timestamp,open,high,low,close\n', map: {}, says: 'there is no column for volume; the header is "timestamp,open,high,low,close"' },
    { why: 'a map to a name that is not there', text: 'timestamp,open,high,low,close,volume\n', map: { close: 'Adj Close' }, says: 'there is no column for close' },
    { why: 'a map by name without a header', text: `${T},1,2,0.5,1.5,10`, map: { close: 'Close' }, says: 'the file has no header; name column close by its number, was "Close"' },
    { why: 'a page of the web', text: '<html><body>Not found</body></html>', map: {}, says: 'there is no column for timestamp' },
  ])('are refused as a whole for $why', ({ text, map, says }) => {
    expect(() => readRawTable(text, map)).toThrow(says);
  });
});
