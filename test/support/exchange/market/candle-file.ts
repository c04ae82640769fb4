import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { type Units, ONE, units } from '../base/decimal.js';
import { lengthOf, type Interval } from '../base/interval.js';
import type { CandleRow } from '../config/config.js';
import type { Candle } from './candle.js';
import type { PriceFeed } from './price-feed.js';

/**
 * Candles from `[openTime, open, high, low, close, volume, …]` rows in any order; the columns of a full klines row are used
 * when they are there.
 *
 * @throws Error naming the row that does not read
 */
export function candlesFromRows(rows: readonly CandleRow[]): Candle[] {
  return rows.map(candleFromRow).sort((a, b) => a.openTime - b.openTime);
}

/** Candles from a CSV file with a header `timestamp,open,high,low,close,volume`; plain or gzip-compressed (`.gz`). */
export function candlesFromFile(path: string): Candle[] {
  const bytes = readFileSync(path);
  const text = (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const header = lines.shift()?.trim();
  if (header !== 'timestamp,open,high,low,close,volume') {
    throw new Error(`${path}: expected the header timestamp,open,high,low,close,volume; was ${header}`);
  }
  return candlesFromRows(lines.map((line) => line.trim().split(',')));
}

/**
 * Replays candles as steps: each is its open, its two extremes and its close, at 0, 1/3, 2/3 and 119/120 of the interval. The
 * low comes first in a rising candle, the high in a falling one; each step trades a quarter of the volume.
 */
export class CandleFeed implements PriceFeed {
  readonly longestGapMs: number;
  private readonly offsets: readonly number[];
  private row = 0;
  private quarter = 0;

  constructor(
    private readonly candles: readonly Candle[],
    interval: Interval,
  ) {
    const length = lengthOf(interval);
    this.longestGapMs = Math.ceil(length / 3);
    this.offsets = [0, Math.floor(length / 3), Math.floor((2 * length) / 3), length - Math.ceil(length / 120)];
  }

  get nextMs(): number {
    const candle = this.candles.at(this.row);
    return candle === undefined ? Infinity : candle.openTime + this.offsets[this.quarter];
  }

  take(): { price: Units; qty: Units } {
    const candle = this.candles[this.row];
    const rises = candle.close >= candle.open;
    const prices = [candle.open, rises ? candle.low : candle.high, rises ? candle.high : candle.low, candle.close];
    const quarterQty = candle.volume / 4n;
    const step = {
      price: prices[this.quarter],
      qty: this.quarter === 3 ? candle.volume - 3n * quarterQty : quarterQty,
    };
    this.advance();
    return step;
  }

  extraQty(): Units {
    return ONE;
  }

  skipTo(timeMs: number): void {
    while (this.nextMs < timeMs) this.advance();
  }

  private advance(): void {
    this.quarter = (this.quarter + 1) % 4;
    if (this.quarter === 0) this.row++;
  }
}

function candleFromRow(row: CandleRow): Candle {
  try {
    const [open, high, low, close, volume] = row.slice(1, 6).map(units);
    const openTime = Number(row[0]);
    if (!Number.isSafeInteger(openTime) || row.length < 6) throw new RangeError('Expected six columns');
    return {
      openTime,
      open,
      high,
      low,
      close,
      volume,
      quoteVolume: row[7] === undefined ? (volume * (open + close)) / (2n * ONE) : units(row[7]),
      trades: row[8] === undefined ? Number(volume > 0n) : Number(row[8]),
      takerBase: row[9] === undefined ? volume / 2n : units(row[9]),
      takerQuote: row[10] === undefined ? (volume * (open + close)) / (4n * ONE) : units(row[10]),
      before: null,
    };
  } catch (cause) {
    throw new Error(`Candle row ${JSON.stringify(row)} does not read as openTime,open,high,low,close,volume`, { cause });
  }
}
