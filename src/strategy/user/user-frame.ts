import { Candles } from '../../domain/candles.js';
import { StrategyError, TradingBotError } from '../../domain/errors.js';

/** The same candles in memory of their own: what a user's code may do to them nobody else sees. */
export function ownCopy(candles: Candles): Candles {
  const { symbol, timeframe, openTime, open, high, low, close, volume, missing } = candles;
  const columns = { openTime: openTime.slice(), open: open.slice(), high: high.slice(), low: low.slice(), close: close.slice(), volume: volume.slice() };
  return Candles.of(symbol, timeframe, columns, missing.slice());
}

/** What a user's code throws, as a fault of that strategy: one sentence with the place in the file. */
export function toldByName<T>(name: string, run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (error instanceof TradingBotError) throw error;
    const place = error instanceof Error ? /^\s+at .*?([^\s(/]+\.[cm]?[jt]s:\d+:\d+)\)?$/m.exec(error.stack ?? '')?.[1] : undefined;
    throw new StrategyError('STRATEGY.FRAME', `${name}: ${error instanceof Error ? `${error.name}: ${error.message}` : String(error)}${place === undefined ? '' : ` (${place})`}`);
  }
}
