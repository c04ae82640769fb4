import type { BotConfig } from '../config/bot-config.js';
import type { CandleSource } from './data-handler.js';

/** Where candles come from by the settings. */
export function sourceOf({ data, exchange }: Pick<BotConfig, 'data' | 'exchange'>): CandleSource {
  if (data.source === 'built-in') return { kind: 'built-in', seed: data.seed };
  return { kind: 'exchange', exchange: exchange.id, timeoutMs: exchange.timeoutSeconds * 1000, cacheDir: data.cacheDir, offline: data.offline };
}
