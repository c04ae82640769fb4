import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

import fc from 'fast-check';

import { SyntheticMarket } from '../exchange/synthetic-market.js';
import { formatCandleCsv } from './candle-csv.js';
import { columnsOf, emptyRows, mapColumns, sliceRows, type CandleRows } from './candle-rows.js';
import { CandleStore } from './candle-store.js';

const HOUR = 3_600_000;
const START = Date.UTC(2024, 0, 1);
const BARS = 200;
const WHOLE = new SyntheticMarket(1).candles('BTC/USDT', '1h', START, START + BARS * HOUR);
const FILE = 'BTC_USDT_1h.csv';

/** Rows [from, to) and the stretch that was asked for to get them. */
function piece(from: number, to: number): [CandleRows, { from: number; to: number }[]] {
  return [sliceRows(WHOLE, from, to), [{ from: START + from * HOUR, to: START + to * HOUR }]];
}

function filesOf(dir: string): Record<string, string> {
  return Object.fromEntries(readdirSync(dir).sort().map((name) => [name, readFileSync(join(dir, name), 'utf8')]));
}

describe('CandleStore', () => {
  let dir: string;
  let store: CandleStore;

  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'candles-'));
    store = new CandleStore(dir);
  });
  afterEach(() => rmSync(dir, { recursive: true, force: true }));

  const clean = (): Record<string, string> => {
    const folder = mkdtempSync(join(tmpdir(), 'candles-'));
    new CandleStore(folder).merge('BTC/USDT', '1h', ...piece(0, BARS));
    const files = filesOf(folder);
    rmSync(folder, { recursive: true, force: true });
    return files;
  };

  it('ends in the same bytes however a range is split, ordered and repeated', () => {
    const expected = clean();
    const pieces = fc.array(fc.tuple(fc.nat(BARS - 1), fc.integer({ min: 1, max: BARS })), { maxLength: 6 });
    fc.assert(
      fc.property(pieces, (cuts) => {
        const folder = mkdtempSync(join(tmpdir(), 'candles-'));
        const some = new CandleStore(folder);
        for (const [from, length] of cuts) some.merge('BTC/USDT', '1h', ...piece(from, Math.min(BARS, from + length)));
        some.merge('BTC/USDT', '1h', ...piece(0, BARS));
        const files = filesOf(folder);
        rmSync(folder, { recursive: true, force: true });
        expect(files).toEqual(expected);
      }),
      { numRuns: 60 },
    );
  });

  it('never lets a new candle replace an older one, and tells which differ', () => {
    store.merge('BTC/USDT', '1h', ...piece(0, 10));
    const revised = mapColumns(sliceRows(WHOLE, 5, 12), (column) => column.slice());
    revised.volume[0] += 1;
    expect(store.merge('BTC/USDT', '1h', revised, [])).toEqual({ added: 2, conflicts: [START + 5 * HOUR] });
    expect(store.load('BTC/USDT', '1h').rows.volume[5]).toBe(WHOLE.volume[5]);
  });

  it('remembers what was asked, so that a halt is no lack and a lack is no halt', () => {
    store.merge('BTC/USDT', '1h', ...piece(0, 10));
    store.merge('BTC/USDT', '1h', ...piece(20, 30));
    expect(store.load('BTC/USDT', '1h').covered).toEqual([piece(0, 10)[1][0], piece(20, 30)[1][0]]);
    store.merge('BTC/USDT', '1h', emptyRows(0), piece(10, 20)[1]);
    expect(store.load('BTC/USDT', '1h').covered).toEqual(piece(0, 30)[1]);
  });

  it('takes the span of a foreign file as covered, and of one that somebody changed', () => {
    writeFileSync(join(dir, FILE), formatCandleCsv(sliceRows(WHOLE, 0, 8)));
    expect(store.load('BTC/USDT', '1h').covered).toEqual(piece(0, 8)[1]);
    store.merge('BTC/USDT', '1h', ...piece(50, 60));
    writeFileSync(join(dir, FILE), formatCandleCsv(sliceRows(WHOLE, 2, 6)));
    expect(store.load('BTC/USDT', '1h').covered).toEqual(piece(2, 6)[1]);
  });

  it('goes on from a compressed file in a plain one', () => {
    writeFileSync(join(dir, `${FILE}.gz`), gzipSync(formatCandleCsv(sliceRows(WHOLE, 0, 100))));
    expect(store.merge('BTC/USDT', '1h', ...piece(90, BARS)).added).toBe(100);
    expect(readFileSync(join(dir, FILE), 'utf8')).toBe(formatCandleCsv(WHOLE));
  });

  it('gives back every value bit for bit', () => {
    store.merge('BTC/USDT', '1h', ...piece(0, BARS));
    const { rows } = store.load('BTC/USDT', '1h');
    columnsOf(rows).forEach((column, c) => expect([...column]).toEqual([...columnsOf(WHOLE)[c]]));
  });

  it.each([
    { place: 'a folder', put: (path: string) => mkdirSync(path), says: /is a folder/ },
    { place: 'a symbolic link', put: (path: string) => { writeFileSync(`${path}.real`, 'x'); symlinkSync(`${path}.real`, path); }, says: /symbolic link/ },
    { place: 'a damaged file', put: (path: string) => writeFileSync(path, 'timestamp,open,high,low,close,volume\n1,2\n'), says: /line 2/ },
  ])('refuses to write where $place stands, and leaves it as it was', ({ put, says }) => {
    put(join(dir, FILE));
    const before = readdirSync(dir);
    expect(() => store.merge('BTC/USDT', '1h', ...piece(0, 10))).toThrow(says);
    expect(readdirSync(dir)).toEqual(before);
  });

  it('says so where a file stands in the place of its folder', () => {
    writeFileSync(join(dir, 'file'), 'x');
    expect(() => new CandleStore(join(dir, 'file')).merge('BTC/USDT', '1h', ...piece(0, 10))).toThrow(/a file stands where a folder should be/);
  });
});
