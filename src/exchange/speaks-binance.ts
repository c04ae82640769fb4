import type { Exchange } from 'ccxt';

/** Exchanges with Binance's endpoints and numeric codes. Binance itself is the one that all of it was verified with. */
const BINANCE_KIN: ReadonlySet<string> = new Set(['binance', 'binanceus']);

export function speaksBinance({ id }: Exchange): boolean {
  return BINANCE_KIN.has(id);
}
