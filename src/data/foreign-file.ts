import { readBytes } from './candle-file.js';
import { CandleDataError } from '../domain/errors.js';
import { isTimeframe, type Timeframe } from '../domain/timeframe.js';
import { emptyRows, type CandleRows } from './candle-rows.js';
import type { Diagnosis } from './doctor.js';
import { readRawTable, type ColumnMap, type RawTable } from './raw-table.js';

/** No candle file is larger; a zip that unpacks to more is a trap. */
const MOST_BYTES = 2 ** 31;

/**
 * A file of somebody else's candles: CSV, plain, gzip or zip (of one CSV file).
 *
 * @throws CandleDataError when it cannot be read at all
 */
export async function readForeignFile(path: string, map: ColumnMap = {}): Promise<RawTable> {
  const text = path.endsWith('.zip') ? await unzip(path) : Buffer.from(readBytes(path)).toString('utf8');
  try {
    return readRawTable(text, map);
  } catch (error) {
    throw new CandleDataError('DATA.FILE', `Cannot read ${path}: ${(error as Error).message}`);
  }
}

/** The timeframe that a file name ends with: `BTC_USDT_1h.csv.gz`, `BTCUSDT-1m-2024-01.csv`. */
export function timeframeInName(path: string): Timeframe | null {
  const words = (path.split(/[\\/]/).at(-1) ?? '').split(/[_.-]/);
  return words.find(isTimeframe) ?? null;
}

/** The rows of a diagnosis that are fit for use. */
export function soundRows({ sound }: Diagnosis): CandleRows {
  const rows = emptyRows(sound.length);
  sound.forEach((row, i) => {
    rows.openTime[i] = row.time;
    rows.open[i] = row.open;
    rows.high[i] = row.high;
    rows.low[i] = row.low;
    rows.close[i] = row.close;
    rows.volume[i] = row.volume;
  });
  return rows;
}

async function unzip(path: string): Promise<string> {
  const { unzipSync, strFromU8 } = await import('fflate');
  const bytes = readBytes(path);
  try {
    const files = Object.entries(unzipSync(bytes, { filter: ({ name, originalSize }) => name.toLowerCase().endsWith('.csv') && originalSize < MOST_BYTES }));
    if (files.length !== 1) throw new Error(`it holds ${files.length} CSV files; expected one`);
    return strFromU8(files[0][1]);
  } catch (error) {
    throw new CandleDataError('DATA.FILE', `Cannot read ${path}: ${(error as Error).message}`);
  }
}
