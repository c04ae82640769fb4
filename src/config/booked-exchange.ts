import type { TradingMode } from '../domain/order.js';
import type { BotConfig } from './bot-config.js';

/** Name under which trades on the made-up market are booked. */
export const BUILT_IN = 'built-in';

/** Name of the exchange in the ledger: what is traded on paper on the made-up market is never put together with anything else. */
export function bookedExchange({ data, exchange }: Pick<BotConfig, 'data' | 'exchange'>, mode: TradingMode): string {
  return mode === 'paper' && data.source === 'built-in' ? BUILT_IN : exchange.id;
}
