import { availableParallelism } from 'node:os';

import type { Limits } from '../../optimize/objective.js';
import type { Method } from '../../optimize/samplers/choose-sampler.js';
import { BACKTEST_FLAGS } from '../backtest.command.js';
import { CONFIG_FLAG, type Options } from '../ledger/ledger-flags.decorator.js';
import type { SettingFlag } from '../setting-flags.decorator.js';
import { FlagReader } from './flag-reader.js';

/** What is tested, and by which rules: as for a backtest. */
export const TESTED_FLAGS: readonly SettingFlag[] = BACKTEST_FLAGS;

const DEFAULT_TRIALS = 500;
const DEFAULT_MIN_TRADES = 10;
const MOST_TRIALS = 1_000_000;
const MOST_WORKERS = 64;
const METHOD_NAMES: readonly Method[] = ['grid', 'random', 'sobol', 'tpe'];

/** Flags of every search. */
export const SEARCH_FLAGS = [
  { flags: '--space <ranges>', help: "What to search, e.g. 'fast_window=5..60:5,slow_window=50..300:10'; a parameter that is not named keeps its value (default: all of them, over all that they allow)." },
  { flags: '--trials <number>', help: `Parameter sets to try at most (default: ${DEFAULT_TRIALS}).` },
  { flags: '--method <name>', help: 'grid, random, sobol or tpe (default: grid where all sets fit the number of trials, else tpe).' },
  { flags: '--objective <figure>', help: 'What to make as large as possible: sharpe_daily (default), total_return, calmar, sortino, profit_factor, psr, …' },
  { flags: '--min-trades <number>', help: `Closed trades without which a set does not count (default: ${DEFAULT_MIN_TRADES}).` },
  { flags: '--max-drawdown <share>', help: 'Drawdown beyond which a set does not count, e.g. 0.3.' },
  { flags: '--search-seed <number>', help: 'Seed of the search: the same one tries the same sets (default: 1).' },
  { flags: '--workers <number>', help: 'Threads; they change the time and nothing else (default: one per core).' },
  CONFIG_FLAG,
];

export interface SearchSettings {
  readonly space: string | null;
  readonly trials: number;
  readonly method: Method | null;
  readonly objective: string;
  readonly limits: Limits;
  readonly seed: number;
  readonly workers: number;
}

/** @throws ConfigError naming every flag that cannot be used */
export function searchSettings(options: Options): SearchSettings {
  const flags = new FlagReader(options);
  const settings: SearchSettings = {
    space: flags.text('space'),
    trials: flags.whole('trials', DEFAULT_TRIALS, 1, MOST_TRIALS),
    method: flags.oneOf('method', METHOD_NAMES),
    objective: flags.text('objective') ?? 'sharpe_daily',
    limits: { minTrades: flags.whole('min-trades', DEFAULT_MIN_TRADES, 0, MOST_TRIALS), maxDrawdown: flags.share('max-drawdown') },
    seed: flags.whole('search-seed', 1, 0, 2 ** 32 - 1),
    workers: flags.whole('workers', Math.min(availableParallelism(), MOST_WORKERS), 1, MOST_WORKERS),
  };
  flags.check();
  return settings;
}
