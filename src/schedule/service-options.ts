import type { FlagValue } from '../config/resolve-config.js';

/** What a service was started with. A class, so that it is its own injection token. */
export class ServiceOptions {
  constructor(
    /** Put on top of file and environment. */
    readonly flags: readonly FlagValue[] = [],
    readonly configFile?: string,
    /** Ticks come so many seconds apart instead of at the close of each candle; null: they come with the candles. */
    readonly intervalSeconds: number | null = null,
    /** Whether whoever reads the log is a person. */
    readonly terminal = false,
  ) {}
}
