import { createHash } from 'node:crypto';

import type { Candles } from '../domain/candles.js';

/** SHA-256 over market, timeframe and every value of every column (little-endian doubles): two runs used the same candles or not. */
export function candlesSha256(candles: Candles): string {
  const hash = createHash('sha256').update(`${candles.symbol} ${candles.timeframe} ${candles.length}\n`);
  for (const column of [candles.openTime, candles.open, candles.high, candles.low, candles.close, candles.volume, candles.missing]) {
    hash.update(new Uint8Array(column.buffer, column.byteOffset, column.byteLength));
  }
  return hash.digest('hex');
}

/** Bytes of a bar's own check in `candleChecks`. */
const CHECK_BYTES = 2;

/** A short check of every single bar, base64: enough to say which candle is no longer what it was, where the hash over all says only that one is. */
export function candleChecks(candles: Candles): string {
  return checksOf(candles).toString('base64');
}

/**
 * Row of the first candle whose check is another, or that is there in only one of the two; null where all agree.
 *
 * @param checks of as many candles from the same first moment on
 */
export function firstChangedCandle(candles: Candles, checks: string): number | null {
  const before = Buffer.from(checks, 'base64');
  const now = checksOf(candles);
  const rows = Math.min(before.length, now.length) / CHECK_BYTES;
  for (let row = 0; row < rows; row++) {
    const at = row * CHECK_BYTES;
    if (before[at] !== now[at] || before[at + 1] !== now[at + 1]) return row;
  }
  return before.length === now.length ? null : rows;
}

/** FNV-1a over the bytes of a bar's values, folded to sixteen bits. */
function checksOf({ openTime, open, high, low, close, volume, missing }: Candles): Buffer {
  const bytes = Buffer.alloc(openTime.length * CHECK_BYTES);
  const values = new Float64Array(6);
  const words = new Uint32Array(values.buffer);
  for (let i = 0; i < openTime.length; i++) {
    values[0] = openTime[i];
    values[1] = open[i];
    values[2] = high[i];
    values[3] = low[i];
    values[4] = close[i];
    values[5] = volume[i];
    let hash = Math.imul(0x811c9dc5 ^ missing[i], 0x01000193);
    for (let k = 0; k < words.length; k++) hash = Math.imul(hash ^ words[k], 0x01000193) ^ (hash >>> 15);
    bytes.writeUInt16LE((hash ^ (hash >>> 16)) & 0xffff, i * CHECK_BYTES);
  }
  return bytes;
}
