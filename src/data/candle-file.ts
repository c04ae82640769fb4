import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

import { CandleDataError } from '../domain/errors.js';
import type { Timeframe } from '../domain/timeframe.js';
import { parseCandleCsv, place } from './candle-csv.js';
import { checkRows } from './candle-grid.js';
import type { CandleRows } from './candle-rows.js';
import { candleFileStat, readColumnsFile, writeColumnsFile } from './columns-file.js';

/** `BTC_USDT_1h.csv` */
export function candleFileName(symbol: string, timeframe: Timeframe): string {
  return `${symbol.replace('/', '_')}_${timeframe}.csv`;
}

/** The file of a market in a folder, plain or compressed; null when there is none. */
export function findCandleFile(dir: string, symbol: string, timeframe: Timeframe): string | null {
  const plain = join(dir, candleFileName(symbol, timeframe));
  return [plain, `${plain}.gz`].find((path) => existsSync(path)) ?? null;
}

/**
 * Checked candles of a file, from the columns kept beside it where they are still those of the text.
 *
 * @throws CandleDataError naming file, line and column of what is wrong
 */
export function readCandleFile(path: string, timeframe: Timeframe): CandleRows {
  const kept = readColumnsFile(path);
  if (kept !== null) return kept;
  const stat = existsSync(path) ? candleFileStat(path) : null;
  const bytes = readBytes(path);
  const rows = parseCandleCsv(bytes, path);
  checkRows(rows, timeframe, (row, column) => place(path, row, column));
  if (stat !== null) writeColumnsFile(path, stat, rows);
  return rows;
}

export function readBytes(path: string): Uint8Array {
  try {
    const bytes = readFileSync(path);
    return path.endsWith('.gz') ? gunzipSync(bytes) : bytes;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const reason = code === 'EISDIR' ? 'it is a folder' : code === 'EACCES' ? 'permission denied' : message;
    throw new CandleDataError('DATA.FILE', `Cannot read ${path}: ${reason}`, { cause: error });
  }
}
