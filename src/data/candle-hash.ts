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
