import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

import { caught } from '../../test/support/caught.js';
import { useTemporaryFolder } from '../../test/support/temporary-folder.js';
import { CandleDataError } from '../domain/errors.js';
import { CSV_HEADER } from './candle-csv.js';
import { candleFileName, findCandleFile, readCandleFile } from './candle-file.js';

const inFolder = useTemporaryFolder();
const TEXT = `${CSV_HEADER}\n1704067200000,42283.58,42554.57,42261.02,42475.23,1271.68108\n1704070800000,42475.23,42775,42431.65,42613.56,1196.37856\n`;
const isRoot = process.getuid?.() === 0;

const written = (name: string, content: string | Uint8Array): string => {
  writeFileSync(inFolder(name), content);
  return inFolder(name);
};
const faultOf = (path: string): string => {
  const { code, message } = caught(CandleDataError, () => readCandleFile(path, '1h'));
  return `${code} ${message}`;
};

describe('candle files in a folder', () => {
  it('are named after base, quote and timeframe', () => {
    expect(candleFileName('BTC/USDT', '1h')).toBe('BTC_USDT_1h.csv');
  });

  it('are found plain or compressed, the plain one first', () => {
    expect(findCandleFile(inFolder(), 'BTC/USDT', '1h')).toBeNull();
    const compressed = written('BTC_USDT_1h.csv.gz', gzipSync(TEXT));
    expect(findCandleFile(inFolder(), 'BTC/USDT', '1h')).toBe(compressed);
    const plain = written('BTC_USDT_1h.csv', TEXT);
    expect(findCandleFile(inFolder(), 'BTC/USDT', '1h')).toBe(plain);
    expect(findCandleFile(inFolder(), 'BTC/USDT', '1m')).toBeNull();
    expect(findCandleFile(inFolder('nowhere'), 'BTC/USDT', '1h')).toBeNull();
  });

  it('read the same, plain or compressed', () => {
    const plain = readCandleFile(written('BTC_USDT_1h.csv', TEXT), '1h');
    expect([...plain.close]).toEqual([42475.23, 42613.56]);
    expect(readCandleFile(written('BTC_USDT_1h.csv.gz', gzipSync(TEXT)), '1h')).toEqual(plain);
  });
});

describe('readCandleFile', () => {
  it('names file, line and column of a malformed field', () => {
    const path = written('BTC_USDT_1h.csv', TEXT.replace('42431.65', 'low'));
    expect(faultOf(path)).toBe(`DATA.FILE ${path}, line 3, column 4: low must be a decimal number without sign and exponent, was "low"`);
  });

  it('names file, line and column of an impossible value', () => {
    const path = written('BTC_USDT_1h.csv', TEXT.replace('42431.65', '0'));
    expect(faultOf(path)).toBe(`DATA.INVALID ${path}, line 3, column 4: low must be above 0, was 0`);
  });

  it.each([
    { why: 'a folder stands in its place', make: () => mkdirSync(inFolder('BTC_USDT_1h.csv')), name: 'BTC_USDT_1h.csv', reason: 'it is a folder' },
    { why: 'it is not compressed, but named so', make: () => written('BTC_USDT_1h.csv.gz', TEXT), name: 'BTC_USDT_1h.csv.gz', reason: 'incorrect header check' },
    { why: 'its compressed form is cut off', make: () => written('BTC_USDT_1h.csv.gz', gzipSync(TEXT).subarray(0, 60)), name: 'BTC_USDT_1h.csv.gz', reason: 'unexpected end of file' },
    { why: 'it has gone', make: () => undefined, name: 'BTC_USDT_1h.csv', reason: 'ENOENT' },
  ])('says so when $why', ({ make, name, reason }) => {
    make();
    expect(faultOf(inFolder(name))).toContain(`DATA.FILE Cannot read ${inFolder(name)}: ${reason}`);
  });

  (isRoot ? it.skip : it)('says so when it may not read it', () => {
    const path = written('BTC_USDT_1h.csv', TEXT);
    chmodSync(path, 0);
    expect(faultOf(path)).toBe(`DATA.FILE Cannot read ${path}: permission denied`);
  });
});
