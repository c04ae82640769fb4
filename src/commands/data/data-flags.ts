import type { ConfigLoader } from '../../config/config-loader.service.js';
import type { BotConfig } from '../../config/bot-config.js';
import { ConfigError } from '../../domain/errors.js';
import { parseInstant } from '../../domain/instant.js';
import { givenFlags, type SettingFlag } from '../setting-flags.decorator.js';

export const STORE_FLAGS: readonly SettingFlag[] = [{ flag: '--data-dir', path: 'data.cache_dir', value: 'folder' }];

export const MARKET_FLAGS: readonly SettingFlag[] = [
  { flag: '--symbol', path: 'symbol', value: 'market' },
  { flag: '--timeframe', path: 'timeframe', value: 'length' },
];

export const EXCHANGE_FLAGS: readonly SettingFlag[] = [{ flag: '--exchange', path: 'exchange.id', value: 'name' }];

type Options = Readonly<Record<string, unknown>>;

export function configFileOf(options: Options): string | undefined {
  return typeof options['config'] === 'string' ? options['config'] : undefined;
}

/** One checked configuration for every pair of the markets and timeframes given, comma-separated; the settings' own where none is. */
export function configsFor(loader: ConfigLoader, flags: readonly SettingFlag[], options: Options): BotConfig[] {
  const listed = (name: string): (string | null)[] => (typeof options[name] === 'string' ? options[name].split(',').map((item) => item.trim()) : [null]);
  const common = givenFlags(flags, { ...options, symbol: undefined, timeframe: undefined });
  return listed('symbol').flatMap((symbol) =>
    listed('timeframe').map((timeframe) => {
      const market = givenFlags(MARKET_FLAGS, { symbol: symbol ?? undefined, timeframe: timeframe ?? undefined });
      return loader.load([...common, ...market], configFileOf(options)).config;
    }),
  );
}

/** A flag's date. @throws ConfigError when it is none, or when it is needed and not there */
export function dateOf(options: Options, name: string, fallbackMs?: number): number {
  const text = options[name];
  if (text === undefined && fallbackMs !== undefined) return fallbackMs;
  const ms = typeof text === 'string' ? parseInstant(text) : null;
  if (ms === null) throw new ConfigError([{ path: `--${name}`, message: `must be an existing date or time such as 2024-01-31 or 2024-01-31T12:00Z, was ${text === undefined ? 'left out' : JSON.stringify(text)}` }]);
  return ms;
}
