import { BACKTEST_FLAGS } from '../backtest.command.js';
import type { SettingFlag } from '../setting-flags.decorator.js';

const ABOUT_CANDLES = ['--start', '--end', '--symbol', '--timeframe', '--strategy', '--strategy-path', '--params', '--data-dir', '--source', '--offline', '--seed'];

/** What a proof is about: a strategy and candles, named as for a backtest. */
export const VERIFY_FLAGS: readonly SettingFlag[] = BACKTEST_FLAGS.filter(({ flag }) => ABOUT_CANDLES.includes(flag));
