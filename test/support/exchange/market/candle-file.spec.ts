import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { FakeBinance } from '../fake-binance.js';
import { getJson } from '../requests.js';
import { candlesFromFile, candlesFromRows } from './candle-file.js';

const HOUR = 3_600_000;
const OPEN = 1_699_999_200_000;
const CSV = `timestamp,open,high,low,close,volume
${OPEN - 2 * HOUR},10,12,9,11,0.00000005
${OPEN - HOUR},11,11.5,8,9,4
${OPEN + HOUR},9,15,7,14,8
`;

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'candles-'));
  writeFileSync(join(folder, 'plain.csv'), CSV);
  writeFileSync(join(folder, 'packed.csv.gz'), gzipSync(CSV));
  writeFileSync(join(folder, 'other.csv'), CSV.replace('timestamp', 'time'));
});

afterAll(() => rmSync(folder, { recursive: true }));

describe('candle files', () => {
  it('read the same plain and packed', () => {
    const plain = candlesFromFile(join(folder, 'plain.csv'));
    expect(plain.map(({ openTime, close, volume }) => [openTime, close, volume])).toEqual([
      [OPEN - 2 * HOUR, 1_100_000_000n, 5n],
      [OPEN - HOUR, 900_000_000n, 400_000_000n],
      [OPEN + HOUR, 1_400_000_000n, 800_000_000n],
    ]);
    expect(candlesFromFile(join(folder, 'packed.csv.gz'))).toEqual(plain);
  });

  it('must have the usual header', () => {
    expect(() => candlesFromFile(join(folder, 'other.csv'))).toThrow('expected the header timestamp,open,high,low,close,volume');
  });

  it('drive a market, holes included', () => {
    const exchange = new FakeBinance({
      symbols: ['BTCUSDT'],
      candles: { BTCUSDT: { '1h': join(folder, 'packed.csv.gz') } },
    });
    exchange.control({ command: 'clock', set: OPEN + 2 * HOUR });
    const rows = getJson(exchange, '/api/v3/klines', { symbol: 'BTCUSDT', interval: '1h' }) as (number | string)[][];
    expect(rows.map((row) => row.slice(0, 6).map(Number))).toEqual([
      [OPEN - 2 * HOUR, 10, 12, 9, 11, 5e-8],
      [OPEN - HOUR, 11, 11.5, 8, 9, 4],
      [OPEN + HOUR, 9, 15, 7, 14, 8],
    ]);
  });
});

describe('candle rows', () => {
  it('come in any order, and with the columns of the exchange where they have them', () => {
    const rows = [
      [2, 1, 1, 1, 1, 5, 99, '7', 3, '2', '4', '0'],
      [1, 1, 1, 1, 1, 5],
    ];
    expect(candlesFromRows(rows).map(({ openTime, trades, takerBase }) => [openTime, trades, takerBase])).toEqual([
      [1, 1, 250_000_000n],
      [2, 3, 200_000_000n],
    ]);
  });

  it.each([[[[1, 2, 3]]], [[['soon', 1, 1, 1, 1, 1]]], [[[1, 'x', 1, 1, 1, 1]]]])('that do not read are named (%#)', (rows) => {
    expect(() => candlesFromRows(rows)).toThrow(/^Candle row \[.*\] does not read/);
  });
});
