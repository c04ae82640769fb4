import { copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { readCandleFile } from '../../src/data/candle-file.js';
import { columnsOf, rowFrom, sliceRows, type CandleRows } from '../../src/data/candle-rows.js';
import { resample } from '../../src/data/resample.js';
import type { Timeframe } from '../../src/domain/timeframe.js';
import { firstDifference } from '../support/bits.js';
import { describeWhereThere, outsideFolder } from '../support/outside-folder.js';
import { newTemporaryFolder } from '../support/temporary-folder.js';

const FOLDER = outsideFolder('REAL_CANDLES_DIR', '../shared/data');
const YEAR = { from: Date.UTC(2023, 0, 1), to: Date.UTC(2024, 0, 1) };

const FILES: readonly { readonly file: string; readonly timeframe: Timeframe }[] = [
  { file: 'BTC_USDT_5m.csv.gz', timeframe: '5m' },
  { file: 'BTC_USDT_15m.csv.gz', timeframe: '15m' },
  { file: 'BTC_USDT_1h.csv.gz', timeframe: '1h' },
  { file: 'BTC_USDT_4h.csv', timeframe: '4h' },
  { file: 'BTC_USDT_1d.csv', timeframe: '1d' },
];

describeWhereThere(FOLDER, 'longer candles of a recorded year', () => {
  /** From a copy, so that no columns are kept beside other people's files. */
  const yearOf = (file: string, timeframe: Timeframe): CandleRows => {
    const folder = newTemporaryFolder();
    copyFileSync(join(FOLDER.path, file), join(folder, file));
    const rows = readCandleFile(join(folder, file), timeframe);
    rmSync(folder, { recursive: true });
    return sliceRows(rows, rowFrom(rows.openTime, YEAR.from), rowFrom(rows.openTime, YEAR.to));
  };
  const fine = FOLDER.exists ? yearOf('BTC_USDT_1m.csv.gz', '1m') : null;

  it.each(FILES)('made of its minutes are those of $file, row for row', ({ file, timeframe }) => {
    const expected = columnsOf(yearOf(file, timeframe));
    columnsOf(resample(fine as CandleRows, '1m', timeframe, YEAR)).forEach((column, c) => expect(firstDifference(column, expected[c])).toBeNull());
  });

  it('made in steps are the same', () => {
    const direct = columnsOf(resample(fine as CandleRows, '1m', '1d', YEAR));
    const steps: readonly Timeframe[] = ['1m', '5m', '15m', '1h', '4h', '1d'];
    const made = steps.slice(1).reduce((rows, to, i) => resample(rows, steps[i], to, YEAR), fine as CandleRows);
    columnsOf(made).forEach((column, c) => expect(firstDifference(column, direct[c])).toBeNull());
  });
});
