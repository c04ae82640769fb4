import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { gunzipSync, gzipSync } from 'node:zlib';

import { formatCandleCsv } from '../../../src/data/candle-csv.js';
import { CandleStore } from '../../../src/data/candle-store.js';
import { CandleDataError, StorageError } from '../../../src/domain/errors.js';
import { caught } from '../../support/caught.js';
import { filesOf } from '../../support/folder-files.js';
import { hoursOf, rangeOf, rowsOfPiece, type Piece } from '../../support/store-pieces.js';
import { useTemporaryFolder } from '../../support/temporary-folder.js';
import { withTinyDisk } from '../../support/tiny-disk.js';

const inFolder = useTemporaryFolder();
const FILE = 'BTC_USDT_1h.csv';
const TEN: Piece = { from: 10, to: 20 };
const TWENTY: Piece = { from: 10, to: 30 };
const csvOf = (piece: Piece): string => formatCandleCsv(rowsOfPiece(piece));
const merge = (folder: string, piece: Piece): unknown => new CandleStore(folder).merge('BTC/USDT', '1h', rowsOfPiece(piece), [rangeOf(piece)]);
const load = (folder: string): ReturnType<CandleStore['load']> => new CandleStore(folder).load('BTC/USDT', '1h');
const hoursIn = (folder: string): number[] => hoursOf(load(folder).rows);

describe('a file that somebody else wrote', () => {
  it.each([
    { why: 'ends without a newline', text: csvOf(TEN).trimEnd() },
    { why: 'ends with blank lines', text: `${csvOf(TEN)}\n\n` },
    { why: 'has carriage returns', text: csvOf(TEN).replaceAll('\n', '\r\n') },
    { why: 'has carriage returns and blank lines', text: `${csvOf(TEN).replaceAll('\n', '\r\n')}\r\n\r\n` },
    { why: 'begins with a byte order mark', text: `\uFEFF${csvOf(TEN)}` },
    { why: 'has more digits than are needed', text: csvOf(TEN).replaceAll(/(\.\d+)/g, '$100') },
  ])('and that $why can be added to, at its end, before and between', ({ text }) => {
    for (const [name, piece] of [['end', TWENTY], ['both', { from: 5, to: 25 }]] as const) {
      mkdirSync(inFolder(name));
      writeFileSync(inFolder(`${name}/${FILE}`), text);
      merge(inFolder(name), piece);
      merge(inFolder(name), { from: 35, to: 40 });
      expect(load(inFolder(name)).rows).toEqual(rowsOf([piece, { from: 35, to: 40 }]));
    }
  });

  it('stays as it is where rows are only added behind it, to the byte', () => {
    const text = csvOf(TEN).replaceAll(/(\.\d+)/g, '$100');
    writeFileSync(inFolder(FILE), text);
    merge(inFolder(), TWENTY);
    expect(readFileSync(inFolder(FILE), 'utf8').startsWith(text)).toBe(true);
  });

  it('that is compressed stays beside the plain one, which is used from then on', () => {
    writeFileSync(inFolder(`${FILE}.gz`), gzipSync(csvOf(TEN)));
    expect(hoursIn(inFolder())).toHaveLength(10);
    merge(inFolder(), TEN); // nothing new
    expect(readFileSync(inFolder(FILE), 'utf8')).toBe(csvOf(TEN));
    merge(inFolder(), TWENTY);
    expect(gunzipSync(readFileSync(inFolder(`${FILE}.gz`))).toString()).toBe(csvOf(TEN));
    expect(hoursIn(inFolder())).toHaveLength(20);
  });
});

describe('single candles far apart', () => {
  it('are not put into a file that could not be read any more', () => {
    merge(inFolder(), { from: 0, to: 1 });
    merge(inFolder(), { from: 4, to: 5 });
    const before = filesOf(inFolder());
    const { code, message } = caught(CandleDataError, () => merge(inFolder(), { from: 8, to: 9 }));
    expect([code, message]).toEqual(['DATA.INVALID', `The candles are not added to ${inFolder(FILE)}, for with them ${inFolder(FILE)}, line 3, column 1: timestamp: rows are 4h apart everywhere; these are no candles of 1h`]);
    expect(filesOf(inFolder())).toEqual(before);
    merge(inFolder(), { from: 0, to: 10 });
    expect(hoursIn(inFolder())).toHaveLength(10);
  });
});

describe('what stands where a file should be', () => {
  it.each([
    { why: 'a folder', make: () => mkdirSync(inFolder(FILE)), says: `${FILE} is a folder; candles are only written to plain files` },
    { why: 'a link to a file', make: () => linkTo(true), says: `${FILE} is a symbolic link; candles are only written to plain files` },
    { why: 'a link to nothing', make: () => linkTo(false), says: `${FILE} is a symbolic link; candles are only written to plain files` },
  ])('$why is left alone, and told of', ({ make, says }) => {
    make();
    const before = filesOf(inFolder());
    expect(caught(CandleDataError, () => merge(inFolder(), TEN)).message).toContain(says);
    expect(filesOf(inFolder())).toEqual(before);
    expect(existsSync(inFolder('elsewhere'))).toBe(Object.hasOwn(before, 'elsewhere'));
  });

  it('a folder in the place of the note is told of, and the candles stay as they were', () => {
    merge(inFolder(), TEN);
    rmSync(inFolder(`${FILE}.coverage.json`));
    mkdirSync(inFolder(`${FILE}.coverage.json`));
    const before = filesOf(inFolder());
    expect(caught(StorageError, () => merge(inFolder(), TWENTY)).message).toContain(`${FILE}.coverage.json: a folder stands in its place`);
    expect(filesOf(inFolder())).toEqual(before);
    expect(load(inFolder()).covered).toEqual([rangeOf(TEN)]);
  });

  it('a file in the place of the folder is told of, however deep', () => {
    writeFileSync(inFolder('file'), 'kept');
    for (const folder of ['file', 'file/deep/er']) {
      expect(caught(StorageError, () => merge(inFolder(folder), TEN)).message).toContain('a file stands where a folder should be');
      expect(hoursIn(inFolder(folder))).toEqual([]);
    }
    expect(filesOf(inFolder())).toEqual({ file: 'kept' });
  });

  it.each(['not JSON', '{}', '{"notes":7}', '{"notes":[{"file":null,"covered":[]},{"file":{},"covered":[["a",1],[5]]}]}', ''])('a note that reads %p counts for none', (text) => {
    merge(inFolder(), TEN);
    merge(inFolder(), { from: 25, to: 30 });
    writeFileSync(inFolder(`${FILE}.coverage.json`), text);
    expect(load(inFolder()).covered).toEqual([rangeOf(TWENTY)]); // as of a foreign file: what it spans
    merge(inFolder(), { from: 25, to: 35 });
    expect(load(inFolder()).covered).toEqual([rangeOf({ from: 10, to: 35 })]);
  });
});

describe('a disk that takes nothing', () => {
  withTinyDisk('that is full', (disk) => {
    it('is told of, the candles stay as they were, and nothing half-written is left', () => {
      const folder = disk.path;
      merge(folder, { from: 0, to: 300 });
      const before = filesOf(folder);
      disk.fill(8 * 1024);
      for (let round = 0; round < 2; round++) {
        const { code, message } = caught(StorageError, () => merge(folder, { from: 0, to: 2000 }));
        expect([code, message]).toEqual(['STORAGE.WRITE', expect.stringContaining('the disk is full') as string]);
        expect(without(filesOf(folder), 'filling')).toEqual(withoutNotes(before, filesOf(folder)));
        expect(hoursIn(folder)).toHaveLength(300);
      }
      disk.empty();
      merge(folder, { from: 0, to: 2000 });
      expect(hoursIn(folder)).toHaveLength(2000);
      expect(Object.keys(filesOf(folder))).toEqual([FILE, `${FILE}.coverage.json`]);
    });

    it('to the last byte leaves no lock behind either', () => {
      const folder = disk.path;
      merge(folder, { from: 0, to: 300 });
      disk.fill(0);
      expect(caught(StorageError, () => merge(folder, { from: 0, to: 2000 })).code).toBe('STORAGE.WRITE');
      expect(Object.keys(without(filesOf(folder), 'filling'))).toEqual([FILE, `${FILE}.coverage.json`]);
      disk.empty();
      merge(folder, { from: 0, to: 2000 });
      expect(hoursIn(folder)).toHaveLength(2000);
    });

    it('may be read-only: reading goes on, and writing is told of', () => {
      merge(disk.path, { from: 0, to: 300 });
      const before = filesOf(disk.path);
      disk.forbidWriting();
      expect(hoursIn(disk.path)).toHaveLength(300);
      expect(caught(StorageError, () => merge(disk.path, { from: 0, to: 310 })).message).toMatch(/Cannot write .*(EROFS|read-only)/);
      new CandleStore(disk.path).recover('BTC/USDT', '1h');
      expect(filesOf(disk.path)).toEqual(before);
    });
  });

  (process.getuid?.() === 0 ? it.skip : it)('like a folder in which we may not write (skipped for the super-user, who may)', () => {
    merge(inFolder(), TEN);
    const before = filesOf(inFolder());
    chmodSync(inFolder(), 0o555);
    expect(caught(StorageError, () => merge(inFolder(), TWENTY)).message).toMatch(/Cannot write .*EACCES/);
    chmodSync(inFolder(), 0o755);
    expect(filesOf(inFolder())).toEqual(before);
  });
});

function rowsOf(pieces: readonly Piece[]): ReturnType<typeof rowsOfPiece> {
  const all = pieces.map((piece) => rowsOfPiece(piece));
  const join = (name: keyof ReturnType<typeof rowsOfPiece>): Float64Array => Float64Array.from(all.flatMap((rows) => [...rows[name]]));
  return { openTime: join('openTime'), open: join('open'), high: join('high'), low: join('low'), close: join('close'), volume: join('volume') };
}

function linkTo(exists: boolean): void {
  if (exists) writeFileSync(inFolder('elsewhere'), csvOf(TEN));
  symlinkSync(inFolder('elsewhere'), inFolder(FILE));
}

function without(files: Readonly<Record<string, string>>, name: string): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(files).filter(([other]) => other !== name));
}

/** The files as before; the note may already tell of the state that was never reached. */
function withoutNotes(before: Readonly<Record<string, string>>, after: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const note = `${FILE}.coverage.json`;
  return { ...before, [note]: after[note] };
}
