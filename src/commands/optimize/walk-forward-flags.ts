import type { WalkForwardPlan } from '../../backtest/engine/luck/walk-forward.js';
import { ConfigError, type Problem } from '../../domain/errors.js';
import { DAY_MS } from '../../domain/timeframe.js';
import type { Options } from '../ledger/ledger-flags.decorator.js';
import { FlagReader } from './flag-reader.js';

/** Without flags the time is cut into so many tests' lengths, and so many of them are trained on. */
const PARTS = 12;
const TRAIN_PARTS = 4;
const LEAST_BARS = 10;
const UNITS_MS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: DAY_MS, w: 7 * DAY_MS };

export const WALK_FORWARD_FLAGS = [
  { flags: '--train <length>', help: `What each search learns from, as 180d, 12w or 4320 (bars); default: ${TRAIN_PARTS} tests' lengths.` },
  { flags: '--test <length>', help: `What each result is tried on afterwards; default: a ${PARTS}th of the time.` },
  { flags: '--anchored', help: 'Learn from everything since the beginning, not from the last --train alone.' },
  { flags: '--purge <bars>', help: 'Bars left out between learning and test (default: 1).' },
];

/** @throws ConfigError naming every flag that cannot be used, or that leaves no room for a window */
export function planOf(options: Options, bars: number, barMs: number): WalkForwardPlan {
  const flags = new FlagReader(options);
  const purge = flags.whole('purge', 1, 0, bars);
  flags.check();
  const problems: Problem[] = [];
  const lengthOf = (name: string, fallback: number): number => {
    const text = flags.text(name);
    if (text === null) return fallback;
    const [, digits, unit] = /^(\d{1,7})([mhdw])?$/.exec(text) ?? [];
    const length = digits === undefined ? NaN : unit === undefined ? Number(digits) : Math.round((Number(digits) * UNITS_MS[unit]) / barMs);
    if (length >= LEAST_BARS) return length;
    problems.push({ path: `--${name}`, message: `must be at least ${LEAST_BARS} bars, written as 90d, 12w, 48h or as a number of bars; was "${text}"${length >= 0 ? `, which is ${length}` : ''}` });
    return fallback;
  };
  const test = lengthOf('test', Math.floor(bars / PARTS));
  const train = lengthOf('train', TRAIN_PARTS * test);
  if (problems.length === 0 && (test < LEAST_BARS || train + purge + test > bars)) {
    problems.push({ path: '--train', message: `leaves no room: ${train} bars to learn from, ${purge} between and ${test} to test are more than the ${bars} that there are, or too few. Test a longer time (--start), or shorten --train and --test` });
  }
  if (problems.length > 0) throw new ConfigError(problems, 'Cannot use these flags');
  return { train, test, step: test, anchored: flags.isGiven('anchored'), purge, partial: true };
}
