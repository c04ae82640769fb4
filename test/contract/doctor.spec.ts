import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { diagnose, type Diagnosis } from '../../src/data/doctor.js';
import { readForeignFile, soundRows, timeframeInName } from '../../src/data/foreign-file.js';
import { readRawTable, type RawTable } from '../../src/data/raw-table.js';
import { formatCandleCsv } from '../../src/data/candle-csv.js';
import { describeWhereThere, outsideFolder } from '../support/outside-folder.js';

const HOUR = 3_600_000;
const START = Date.UTC(2024, 0, 1);
const NOW = Date.UTC(2025, 0, 1);
const HEADER = 'timestamp,open,high,low,close,volume';

const line = (bar: number, price = 100, volume = 5): string => `${START + bar * HOUR},${price},${price + 1},${price - 1},${price},${volume}`;
const tenHours = (): string[] => Array.from({ length: 10 }, (_, bar) => line(bar));
const examine = (lines: readonly string[]): Diagnosis => diagnose(readRawTable([HEADER, ...lines].join('\n')), '1h', NOW);
const found = ({ findings }: Diagnosis): Record<string, number> => Object.fromEntries(findings.map(({ kind, count }) => [kind, count]));
const swapped = (lines: string[], i: number, text: string): string[] => lines.with(i, text);

describe('the doctor', () => {
  it('finds nothing in ten sound hours', () => {
    expect(examine(tenHours())).toMatchObject({ verdict: 'clean', findings: [], rows: 10 });
  });

  it.each([
    { fault: 'seconds', lines: swapped(tenHours(), 3, line(3).replace(/000,/, ',')), findings: { unit: 1 } },
    { fault: 'microseconds', lines: swapped(tenHours(), 3, line(3).replace(',', '000,')), findings: { unit: 1 } },
    { fault: 'a row twice', lines: [...tenHours().slice(0, 4), line(3), ...tenHours().slice(4)], findings: { duplicate: 1 } },
    { fault: 'two rows that contradict each other', lines: [...tenHours().slice(0, 4), line(3, 101), ...tenHours().slice(4)], findings: { conflict: 2 } },
    { fault: 'rows out of order', lines: tenHours().with(3, line(4)).with(4, line(3)), findings: { unsorted: 1 } },
    { fault: 'a time off the grid', lines: swapped(tenHours(), 3, line(3.25)), findings: { off_grid: 1 } },
    { fault: 'a high below the close', lines: swapped(tenHours(), 3, `${START + 3 * HOUR},100,99,98,100,5`), findings: { ohlc: 1 } },
    { fault: 'a price of zero', lines: swapped(tenHours(), 3, `${START + 3 * HOUR},0,101,99,100,5`), findings: { bad_price: 1 } },
    { fault: 'a negative volume', lines: swapped(tenHours(), 3, line(3, 100, -1)), findings: { bad_price: 1 } },
    { fault: 'a spike', lines: swapped(tenHours(), 3, line(3, 1000)), findings: { spike: 1 } },
    { fault: 'letters', lines: swapped(tenHours(), 3, `${START + 3 * HOUR},abc,101,99,100,5`), findings: { unreadable: 1, gap: 1 } },
    { fault: 'a short row', lines: swapped(tenHours(), 3, `${START + 3 * HOUR},100`), findings: { unreadable: 1, gap: 1 } },
    { fault: 'a hole', lines: tenHours().filter((_, bar) => bar !== 4 && bar !== 5), findings: { gap: 2 } },
    { fault: 'rows without volume', lines: swapped(tenHours(), 3, line(3, 100, 0)), findings: { zero_volume: 1 } },
  ])('finds $fault, and nothing else', ({ lines, findings }) => {
    expect(found(examine(lines))).toEqual(findings);
  });

  it('calls a last candle that is not closed yet partial', () => {
    expect(found(diagnose(readRawTable([HEADER, ...tenHours()].join('\n')), '1h', START + 9.5 * HOUR))).toEqual({ partial_last: 1 });
  });

  it('sees days that begin at the midnight of another time zone', () => {
    const days = Array.from({ length: 5 }, (_, day) => line(24 * day + 5));
    expect(found(diagnose(readRawTable([HEADER, ...days].join('\n')), '1d', NOW))).toEqual({ time_zone: 5 });
  });

  it('sees an hour told twice when clocks went back', () => {
    const minutes = (from: number): string[] => Array.from({ length: 60 }, (_, i) => `${START + (from + i) * 60_000},100,101,99,100,5`);
    const kinds = Object.keys(found(diagnose(readRawTable([HEADER, ...minutes(0), ...minutes(0), ...minutes(60)].join('\n')), '1m', NOW)));
    expect(kinds).toEqual(['time_zone', 'duplicate']);
  });

  it('sees that rows belong to another timeframe', () => {
    expect(found(diagnose(readRawTable([HEADER, ...tenHours()].join('\n')), '1m', NOW))).toMatchObject({ wrong_timeframe: 1 });
  });

  it('mends without making anything up: what it keeps stood in the file, and is sound', () => {
    const sick: RawTable = readRawTable([HEADER, line(4), line(2), line(2), line(3, 101), line(3), line(5.5), line(5), line(6).replace(',', '000,')].join('\n'));
    const mended = formatCandleCsv(soundRows(diagnose(sick, '1h', NOW)));
    expect(mended).toBe([HEADER, line(2), line(4), line(5), line(6), ''].join('\n'));
    expect(diagnose(readRawTable(mended), '1h', NOW).verdict).not.toBe('damaged');
  });
});

const REAL = outsideFolder('REAL_CANDLES_DIR', '../shared/data');

describeWhereThere(REAL, 'the doctor on recorded markets', () => {
  const ROWS = [
    { file: 'ADA_USDT_1h.csv.gz', rows: 32_429, silent: 2 },
    { file: 'BTC_USDT_15m.csv.gz', rows: 105_050, silent: 10 },
    { file: 'BTC_USDT_1d.csv', rows: 2875, silent: 0 },
    { file: 'BTC_USDT_1h.csv.gz', rows: 64_524, silent: 4 },
    { file: 'BTC_USDT_1m.csv.gz', rows: 525_520, silent: 72 },
    { file: 'BTC_USDT_4h.csv', rows: 16_147, silent: 1 },
    { file: 'BTC_USDT_5m.csv.gz', rows: 105_104, silent: 14 },
    { file: 'ETH_USDT_1d.csv', rows: 1963, silent: 0 },
    { file: 'ETH_USDT_1h.csv.gz', rows: 46_981, silent: 5 },
    { file: 'outages/2017-08/BTC_USDT_1m.csv.gz', rows: 64_141, silent: 16_395 },
    { file: 'outages/2018-02/BTC_USDT_1m.csv.gz', rows: 38_260, silent: 0 },
  ];

  it.each(ROWS)('finds in $file exactly the halts and silent rows on record', async ({ file, rows, silent }) => {
    const listed = readFileSync(join(REAL.path, 'gaps.csv'), 'utf8').split('\n').map((text) => text.split(',')).filter(([name]) => name === file);
    const diagnosis = diagnose(await readForeignFile(join(REAL.path, file)), timeframeInName(file), NOW * 2);
    expect(diagnosis.rows).toBe(rows);
    expect(diagnosis.gaps).toEqual(listed.map(([, lastBefore, nextAfter, missing]) => ({ lastBefore: +lastBefore, nextAfter: +nextAfter, missing: +missing })));
    expect(found(diagnosis)['zero_volume'] ?? 0).toBe(silent);
    expect(diagnosis.findings.filter(({ damage }) => damage)).toEqual([]);
  });

  it('finds the quirks: times off the grid, and the archive that changed its unit', async () => {
    const quirk = async (name: string): Promise<Record<string, number>> => {
      const file = join(REAL.path, 'quirks', name);
      return found(diagnose(await readForeignFile(file), timeframeInName(file), NOW * 2));
    };
    expect(await quirk('BTC_USDT_1h_off_grid_2018-02.csv')).toMatchObject({ off_grid: 43 });
    expect(await quirk('binance_archive_raw_ms_to_us.csv')).toEqual({ unit: 60 });
  });
});
