import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { gunzipSync } from 'node:zlib';

import { Candles } from '../../src/domain/candles.js';
import { isTimeframe, timeframeMs } from '../../src/domain/timeframe.js';
import { describeWhereThere, outsideFolder } from './outside-folder.js';

const FOLDER = outsideFolder('REAL_CANDLES_DIR', '../shared/data');

/** A suite over recorded markets; skipped, and says so, where the folder is not there. */
export function describeWithRealCandles(name: string, define: () => void): void {
  describeWhereThere(FOLDER, name, define);
}

/**
 * A recorded market on a complete grid: where the file has no row, the last close stands with volume 0 and a mark.
 *
 * @param file `…/{BASE}_{QUOTE}_{TIMEFRAME}.csv`, plain or `.csv.gz`; columns timestamp,open,high,low,close,volume
 */
export function realCandles(file: string): Candles {
  const [base, quote, timeframe] = basename(file).replace(/\.csv(\.gz)?$/, '').split('_');
  if (!isTimeframe(timeframe)) throw new Error(`File name ${file} ends in no timeframe`);
  const bytes = readFileSync(join(FOLDER.path, file));
  const text = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('latin1');
  return onGrid(`${base}/${quote}`, timeframe, rowsOf(text));
}

/** Rows of six numbers, one after the other. */
function rowsOf(text: string): Float64Array {
  const lines = text.trimEnd().split('\n');
  const rows = new Float64Array((lines.length - 1) * 6);
  for (let i = 1; i < lines.length; i++) {
    const cells = lines[i].split(',');
    for (let k = 0; k < 6; k++) rows[(i - 1) * 6 + k] = Number(cells[k]);
  }
  return rows;
}

function onGrid(symbol: string, timeframe: Parameters<typeof timeframeMs>[0], rows: Float64Array): Candles {
  const step = timeframeMs(timeframe);
  const [firstMs, lastMs] = [rows[0], rows[rows.length - 6]];
  const length = (lastMs - firstMs) / step + 1;
  const column = (): Float64Array => new Float64Array(length);
  const [openTime, open, high, low, close, volume] = [column(), column(), column(), column(), column(), column()];
  const missing = new Uint8Array(length);
  let at = 0;
  for (let i = 0; i < length; i++) {
    openTime[i] = firstMs + i * step;
    if (rows[at] === openTime[i]) {
      [open[i], high[i], low[i], close[i], volume[i]] = rows.subarray(at + 1, at + 6);
      at += 6;
    } else {
      missing[i] = 1;
      open[i] = high[i] = low[i] = close[i] = close[i - 1];
    }
  }
  return Candles.of(symbol, timeframe, { openTime, open, high, low, close, volume }, missing);
}
