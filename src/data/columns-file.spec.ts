import { chmodSync, copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { crc32, gzipSync } from 'node:zlib';

import { firstDifference } from '../../test/support/bits.js';
import { useTemporaryFolder } from '../../test/support/temporary-folder.js';
import { SyntheticMarket } from '../exchange/synthetic-market.js';
import { formatCandleCsv } from './candle-csv.js';
import { readCandleFile } from './candle-file.js';
import { columnsOf, type CandleRows } from './candle-rows.js';
import { readColumnsFile } from './columns-file.js';

const inFolder = useTemporaryFolder();
const HOUR = 3_600_000;
const START = Date.UTC(2024, 0, 1);
const ROWS = 5000;
const MARKET = new SyntheticMarket(5).candles('BTC/USDT', '1h', START, START + ROWS * HOUR);
const TEXT = formatCandleCsv(MARKET);
const NAME = 'BTC_USDT_1h.csv';
const COLUMNS = `${NAME}.columns`;
const HEADER_BYTES = 64;

const read = (name = NAME): CandleRows => readCandleFile(inFolder(name), '1h');
const columns = (): Buffer => readFileSync(inFolder(COLUMNS));

function expectMarket(rows: CandleRows): void {
  columnsOf(rows).forEach((column, c) => expect(firstDifference(column, columnsOf(MARKET)[c])).toBeNull());
}

/** Puts other numbers into the columns, with a checksum to match: whoever reads them has not read the text. */
function forge(): void {
  const bytes = columns();
  bytes.writeDoubleLE(123_456.5, HEADER_BYTES + ROWS * 8); // the first open
  bytes.writeUInt32LE(crc32(bytes.subarray(8)), 4);
  writeFileSync(inFolder(COLUMNS), bytes);
}

const isForged = (rows: CandleRows): boolean => rows.open[0] === 123_456.5;

describe('the columns beside a candle file', () => {
  beforeEach(() => {
    writeFileSync(inFolder(NAME), TEXT);
  });

  it('are written at the first reading and read at the second, every bit alike', () => {
    expect(readColumnsFile(inFolder(NAME))).toBeNull();
    const first = read();
    expect(columns()).toHaveLength(HEADER_BYTES + ROWS * 6 * 8);
    const second = readColumnsFile(inFolder(NAME)) as CandleRows;
    expectMarket(first);
    expectMarket(second);
    forge();
    expect(isForged(read())).toBe(true);
    expect(readdirSync(inFolder())).toEqual([NAME, COLUMNS]);
  });

  it('are written for a compressed file, too', () => {
    writeFileSync(inFolder(`${NAME}.gz`), gzipSync(TEXT));
    expectMarket(read(`${NAME}.gz`));
    expectMarket(readColumnsFile(inFolder(`${NAME}.gz`)) as CandleRows);
  });

  it.each([
    { why: 'has another row', change: () => writeFileSync(inFolder(NAME), TEXT.slice(0, TEXT.lastIndexOf('\n', TEXT.length - 2) + 1)) },
    { why: 'was written anew, to the same length', change: () => writeFileSync(inFolder(NAME), TEXT) },
    { why: 'was put in its place, with the same time', change: () => sameTime(() => replaceText()) },
    { why: 'has another time', change: () => utimesSync(inFolder(NAME), 1000, 1000) },
  ])('are not believed when the text $why', ({ change }) => {
    read();
    forge();
    change();
    expect(readColumnsFile(inFolder(NAME))).toBeNull();
    expect(isForged(read())).toBe(false);
    expect(isForged(read())).toBe(false); // and the forged ones are gone
  });

  it.each([0, 3, 4, 8, 16, 24, 32, 63, 64, 70, HEADER_BYTES + ROWS * 8, HEADER_BYTES + ROWS * 48 - 1])('are not believed when a bit of byte %p has flipped', (at) => {
    read();
    const bytes = columns();
    bytes[at] ^= 0x10;
    writeFileSync(inFolder(COLUMNS), bytes);
    expect(readColumnsFile(inFolder(NAME))).toBeNull();
    expectMarket(read());
    expectMarket(readColumnsFile(inFolder(NAME)) as CandleRows); // made anew
  });

  it.each([0, 1, 63, 64, 1000, HEADER_BYTES + ROWS * 48 - 48, HEADER_BYTES + ROWS * 48 - 1])('are not believed when they end after %p bytes', (length) => {
    read();
    truncateSync(inFolder(COLUMNS), length);
    expect(readColumnsFile(inFolder(NAME))).toBeNull();
    expectMarket(read());
  });

  it('are not believed when something is behind them', () => {
    read();
    writeFileSync(inFolder(COLUMNS), Buffer.concat([columns(), Buffer.alloc(48)]));
    expect(readColumnsFile(inFolder(NAME))).toBeNull();
  });

  it('are no matter when a folder stands in their place', () => {
    mkdirSync(inFolder(COLUMNS));
    expectMarket(read());
    expect(readdirSync(inFolder())).toEqual([NAME, COLUMNS]);
  });

  it('are never put into a folder that is marked read-only, not even by the super-user', () => {
    chmodSync(inFolder(), 0o555);
    try {
      expectMarket(read());
      expect(readdirSync(inFolder())).toEqual([NAME]);
    } finally {
      chmodSync(inFolder(), 0o755);
    }
  });

  it('are not worth it for a short file', () => {
    writeFileSync(inFolder(NAME), TEXT.slice(0, TEXT.lastIndexOf('\n', TEXT.length - 2) + 1));
    expect(read().openTime).toHaveLength(ROWS - 1);
    expect(existsSync(inFolder(COLUMNS))).toBe(false);
  });

  it('are not made of a text that is refused', () => {
    writeFileSync(inFolder(NAME), TEXT.replace(/,[\d.]+\n$/, ',-1\n'));
    expect(() => read()).toThrow('was "-1"');
    expect(existsSync(inFolder(COLUMNS))).toBe(false);
  });

  it('are no help when the text is gone', () => {
    read();
    rmSync(inFolder(NAME));
    expect(() => read()).toThrow('Cannot read');
  });
});

function replaceText(): void {
  copyFileSync(inFolder(NAME), inFolder('copy'));
  renameSync(inFolder('copy'), inFolder(NAME));
}

function sameTime(change: () => void): void {
  const { atime, mtime } = statSync(inFolder(NAME));
  change();
  utimesSync(inFolder(NAME), atime, mtime);
}
