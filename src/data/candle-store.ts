import { existsSync, lstatSync, statSync } from 'node:fs';
import { join } from 'node:path';

import { CandleDataError } from '../domain/errors.js';
import { timeframeMs, type Timeframe } from '../domain/timeframe.js';
import { makeFolder, removeLeftovers, replaceFile } from '../files/atomic-write.js';
import { withFileLock } from '../files/file-lock.js';
import { formatCandleCsv, place } from './candle-csv.js';
import { candleFileName, findCandleFile, readBytes, readCandleFile } from './candle-file.js';
import { checkRows } from './candle-grid.js';
import { emptyRows, sliceRows, type CandleRows } from './candle-rows.js';
import { CoverageFile, type FileState } from './coverage-file.js';
import { mergeRows } from './merge-rows.js';
import { normalise, type TimeRange } from './ranges.js';

const NEWLINE = 10;
const RETURN = 13;

/** What a folder holds of one market. */
export interface StoredCandles {
  readonly rows: CandleRows;
  /** Stretches for which the exchange has been asked, or that a foreign file spans: a hole in them is a halt, not a lack. */
  readonly covered: readonly TimeRange[];
  /** null when there is no file */
  readonly file: string | null;
}

export interface MergeOutcome {
  readonly added: number;
  /** Open times for which the exchange now tells another candle than before; the older one stays. */
  readonly conflicts: readonly number[];
}

/**
 * Candle files in one folder: `{BASE}_{QUOTE}_{TIMEFRAME}.csv`, the truth, in plain text. New candles are merged in and never
 * replace older ones; every write puts a whole file in place, under a lock, so that crashes and second processes do no harm.
 */
export class CandleStore {
  constructor(readonly dir: string) {}

  /** @throws CandleDataError when the file is damaged */
  load(symbol: string, timeframe: Timeframe): StoredCandles {
    const file = findCandleFile(this.dir, symbol, timeframe);
    if (file === null) return { rows: emptyRows(0), covered: [], file };
    const rows = readCandleFile(file, timeframe);
    return { rows, covered: new CoverageFile(file).read(stateOf(file, rows)) ?? spanOf(rows, timeframe), file };
  }

  /**
   * Adds candles, and notes for which stretches the exchange has been asked.
   *
   * @throws CandleDataError when the file that is there is damaged, StorageError when it cannot be written; then nothing has changed
   */
  merge(symbol: string, timeframe: Timeframe, fresh: CandleRows, asked: readonly TimeRange[]): MergeOutcome {
    const target = join(this.dir, candleFileName(symbol, timeframe));
    this.prepareFolder(target);
    return withFileLock(target, () => {
      removeLeftovers(target);
      const held = this.load(symbol, timeframe);
      const { rows, added, conflicts } = mergeRows(held.rows, fresh);
      if (rows.openTime.length === 0) return { added, conflicts };
      // What is written must be fit to be read again: a few single candles far apart, each of them sound, are not.
      if (added > 0) checkRows(rows, timeframe, (row, column) => `The candles are not added to ${target}, for with them ${place(target, row, column)}`);
      const covered = normalise([...held.covered, ...asked]);
      const coverage = new CoverageFile(target);
      const before = held.file === target ? { file: stateOf(target, held.rows), covered: held.covered } : null;
      const parts = added > 0 || before === null ? contentOf(held, rows, target) : null;
      const bytes = parts === null ? (before?.file.bytes ?? 0) : parts.reduce((sum, part) => sum + part.byteLength, 0);
      const after = { file: { bytes, rows: rows.openTime.length, first: rows.openTime[0], last: rows.openTime[rows.openTime.length - 1] }, covered };
      if (parts !== null) {
        coverage.prepare(before, after);
        replaceFile(target, parts);
      }
      coverage.settle(after);
      return { added, conflicts };
    });
  }

  /** Finishes what a killed writer left behind: half-written files, and a note that still tells of two states. */
  recover(symbol: string, timeframe: Timeframe): void {
    const target = join(this.dir, candleFileName(symbol, timeframe));
    if (!existsSync(target)) return;
    removeLeftovers(target);
    const coverage = new CoverageFile(target);
    if (!coverage.isUnsettled) return;
    withFileLock(target, () => {
      const { rows, covered } = this.load(symbol, timeframe);
      coverage.settle({ file: stateOf(target, rows), covered });
    });
  }

  private prepareFolder(target: string): void {
    makeFolder(this.dir, target);
    const stat = lstatSync(target, { throwIfNoEntry: false });
    if (stat === undefined || stat.isFile()) return;
    const what = stat.isSymbolicLink() ? 'a symbolic link' : stat.isDirectory() ? 'a folder' : 'no plain file';
    throw new CandleDataError('DATA.FILE', `${target} is ${what}; candles are only written to plain files`);
  }
}

/** The bytes of the merged file. Appending, by far the usual case, keeps the old ones as they are. */
function contentOf({ file, rows: held }: StoredCandles, merged: CandleRows, target: string): Uint8Array[] {
  const count = held.openTime.length;
  const appends = count > 0 && merged.openTime[count - 1] === held.openTime[count - 1];
  if (file !== target || !appends) return [Buffer.from(formatCandleCsv(merged))];
  const old = readBytes(target);
  let end = old.length;
  while (old[end - 1] === NEWLINE || old[end - 1] === RETURN) end--;
  const text = formatCandleCsv(sliceRows(merged, count, merged.openTime.length));
  // From the header's end on: the newline that ends the last old row, then the new ones. Blank lines that were there have no place in between.
  return [old.subarray(0, end), Buffer.from(text.slice(text.indexOf('\n')))];
}

function stateOf(file: string, rows: CandleRows): FileState {
  const { openTime } = rows;
  return { bytes: statSync(file).size, rows: openTime.length, first: openTime[0] ?? 0, last: openTime[openTime.length - 1] ?? 0 };
}

function spanOf({ openTime }: CandleRows, timeframe: Timeframe): TimeRange[] {
  return openTime.length === 0 ? [] : [{ from: openTime[0], to: openTime[openTime.length - 1] + timeframeMs(timeframe) }];
}
