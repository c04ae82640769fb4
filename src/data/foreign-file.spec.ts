import { writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

import { strToU8, zipSync } from 'fflate';
import { parquetReadObjects } from 'hyparquet';

import { caught } from '../../test/support/caught.js';
import { useTemporaryFolder } from '../../test/support/temporary-folder.js';
import { CandleDataError } from '../domain/errors.js';
import { SyntheticMarket } from '../exchange/synthetic-market.js';
import { formatCandleCsv } from './candle-csv.js';
import { COLUMN_NAMES, columnsOf, emptyRows, type CandleRows } from './candle-rows.js';
import { diagnose } from './doctor.js';
import { readForeignFile, soundRows, timeframeInName } from './foreign-file.js';
import { candlesToParquet } from './parquet.js';

const inFolder = useTemporaryFolder();
const HOUR = 3_600_000;
const START = Date.UTC(2024, 0, 1);
const MARKET = new SyntheticMarket(2).candles('BTC/USDT', '1h', START, START + 50 * HOUR);
const TEXT = formatCandleCsv(MARKET);

const put = (name: string, content: string | Uint8Array): string => {
  writeFileSync(inFolder(name), content);
  return inFolder(name);
};
const rowsIn = async (path: string): Promise<CandleRows> => soundRows(diagnose(await readForeignFile(path), '1h', START + 100 * HOUR));
const refusal = async (path: string): Promise<string> => {
  const error: unknown = await readForeignFile(path).catch((reason: unknown) => reason);
  return `${caught(CandleDataError, () => { throw error; }).code} ${(error as Error).message}`;
};

describe("a file of somebody else's candles", () => {
  it.each([
    { form: 'as text', name: 'a.csv', content: TEXT },
    { form: 'compressed', name: 'a.csv.gz', content: gzipSync(TEXT) },
    { form: 'in an archive', name: 'a.zip', content: zipSync({ 'a.csv': strToU8(TEXT) }) },
    { form: 'in an archive with other things', name: 'a.zip', content: zipSync({ 'deep/er/A.CSV': strToU8(TEXT), 'a.txt': strToU8('x'), CHECKSUM: strToU8('y') }) },
    { form: 'in an archive without compression', name: 'a.zip', content: zipSync({ 'a.csv': strToU8(TEXT) }, { level: 0 }) },
  ])('$form gives the same candles', async ({ name, content }) => {
    expect(await rowsIn(put(name, content))).toEqual(MARKET);
  });

  it.each([
    { why: 'holds two tables', name: 'a.zip', content: zipSync({ 'a.csv': strToU8(TEXT), 'b.csv': strToU8(TEXT) }), says: 'it holds 2 CSV files; expected one' },
    { why: 'holds none', name: 'a.zip', content: zipSync({ 'a.txt': strToU8(TEXT) }), says: 'it holds 0 CSV files; expected one' },
    { why: 'is no archive', name: 'a.zip', content: TEXT, says: 'invalid zip data' },
    { why: 'is an archive cut short', name: 'a.zip', content: zipSync({ 'a.csv': strToU8(TEXT) }).subarray(0, 300), says: 'invalid zip data' },
    { why: 'is not compressed, but named so', name: 'a.csv.gz', content: TEXT, says: 'incorrect header check' },
    { why: 'has another header', name: 'a.csv', content: 'a,b,c\n1,2,3\n', says: 'there is no column for timestamp; the header is "a,b,c"' },
  ])('is refused when it $why', async ({ name, content, says }) => {
    expect(await refusal(put(name, content))).toBe(`DATA.FILE Cannot read ${inFolder(name)}: ${says}`);
  });

  it.each(['a.csv', 'a.zip', 'a.csv.gz'])('is refused in one sentence when there is no %s', async (name) => {
    expect(await refusal(inFolder(name))).toBe(`DATA.FILE Cannot read ${inFolder(name)}: ENOENT: no such file or directory, open '${inFolder(name)}'`);
  });

  it('is empty: then there are no rows, and nothing is read into it', async () => {
    expect(await refusal(put('a.csv', ''))).toContain('there is no column for timestamp');
    expect(await rowsIn(put('b.csv', 'timestamp,open,high,low,close,volume\n'))).toEqual(emptyRows(0));
  });

  it.each([
    ['data/BTC_USDT_1h.csv', '1h'],
    ['BTC_USDT_15m.csv.gz', '15m'],
    ['C:\\data\\BTCUSDT-1m-2024-01.zip', '1m'],
    ['Binance_BTCUSDT_d.csv', null],
    ['1d/prices.csv', null],
    ['prices', null],
  ])('%s tells the timeframe %p by its name', (path, timeframe) => {
    expect(timeframeInName(path)).toBe(timeframe);
  });
});

describe('an export as Parquet', () => {
  /** What a reader of such files that is not ours finds in it. */
  async function readBack(rows: CandleRows): Promise<CandleRows> {
    const bytes = await candlesToParquet(rows);
    const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
    const found = (await parquetReadObjects({ file })) as Record<string, number | bigint>[];
    const made = emptyRows(found.length);
    columnsOf(made).forEach((column, c) => found.forEach((row, i) => (column[i] = Number(row[COLUMN_NAMES[c]]))));
    return made;
  }

  it('holds every candle, bit for bit', async () => {
    expect(await readBack(MARKET)).toEqual(MARKET);
  });

  it('holds a single candle, and numbers with all their digits', async () => {
    const rows = emptyRows(1);
    columnsOf(rows).forEach((column, c) => (column[0] = c === 0 ? START : 0.1 + 0.2 * c));
    expect(await readBack(rows)).toEqual(rows);
  });
});
