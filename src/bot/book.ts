import type { TradingMode } from '../domain/order.js';
import type { Timeframe } from '../domain/timeframe.js';

/** Whose trading it is, and where. */
export interface Book {
  readonly botId: string;
  readonly mode: TradingMode;
  readonly exchange: string;
  readonly symbol: string;
  readonly timeframe: Timeframe;
}
