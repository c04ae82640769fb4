import { Option } from 'nest-commander';

import { ConfigError, type Problem } from '../../domain/errors.js';
import { parseInstant } from '../../domain/instant.js';
import type { Side, TradingMode } from '../../domain/order.js';
import type { LedgerFilter, Page } from '../../persistence/repositories/page.js';
import type { SettingFlag } from '../setting-flags.decorator.js';

/** Where the ledger is: the same for all of its commands. */
export const LEDGER_DIR: readonly SettingFlag[] = [{ flag: '--ledger-dir', path: 'storage.data_dir', value: 'folder' }];

interface PlainFlag {
  readonly flags: string;
  readonly help: string;
}

export const CONFIG_FLAG: PlainFlag = { flags: '--config <file>', help: 'Settings file (default: BOT_CONFIG, else settings/config.json).' };
export const JSON_FLAG: PlainFlag = { flags: '--json', help: 'Print JSON.' };
export const MODE_FLAG: PlainFlag = { flags: '--mode <mode>', help: 'Only paper, or only live.' };
export const SYMBOL_FLAG: PlainFlag = { flags: '--symbol <market>', help: 'Only this market, e.g. BTC/USDT.' };

export const SPAN_FLAGS: readonly PlainFlag[] = [
  { flags: '--from <date>', help: 'First moment wanted, UTC.' },
  { flags: '--to <date>', help: 'First moment no longer wanted, UTC.' },
];

export const SIDE_FLAG: PlainFlag = { flags: '--side <side>', help: 'Only buy, or only sell.' };
export const STRATEGY_FLAG: PlainFlag = { flags: '--strategy <name>', help: 'Only this strategy.' };

export const LIST_FLAGS: readonly PlainFlag[] = [
  ...SPAN_FLAGS,
  SYMBOL_FLAG,
  MODE_FLAG,
  STRATEGY_FLAG,
  { flags: '--limit <number>', help: 'At most so many rows, the newest (default: 50).' },
  { flags: '--offset <number>', help: 'Leave out so many of the newest.' },
  JSON_FLAG,
  { flags: '--csv', help: 'Print CSV, with all columns and every digit.' },
  CONFIG_FLAG,
];

/** Gives a command flags that are read as they are typed, and checked together by `filterOf`. */
export function LedgerFlags(flags: readonly PlainFlag[]): ClassDecorator {
  return (target) => {
    for (const { flags: spelling, help } of flags) {
      const name = `read ${spelling}`;
      const read = (text: string | undefined): string | true => text ?? true;
      Object.defineProperty(target.prototype, name, { value: read, configurable: true });
      Option({ flags: spelling, description: help })(target.prototype as object, name, { value: read });
    }
  };
}

export type Options = Readonly<Record<string, unknown>>;

const DEFAULT_LIMIT = 50;
const MOST_ROWS = 100_000;

/** What was asked for. @throws ConfigError naming every flag that cannot be used */
export function filterOf(options: Options): { readonly filter: LedgerFilter; readonly page: Page } {
  const problems: Problem[] = [];
  const text = (name: string): string | undefined => (typeof options[name] === 'string' ? options[name] : undefined);
  const wrong = (name: string, expected: string): undefined => {
    problems.push({ path: `--${name}`, message: `must be ${expected}, was "${text(name)}"` });
    return undefined;
  };
  const oneOf = <T extends string>(name: string, choices: readonly T[]): T | undefined => {
    const given = text(name);
    return given === undefined ? undefined : (choices.find((choice) => choice === given) ?? wrong(name, `one of ${choices.join(', ')}`));
  };
  const instant = (name: string): number | undefined => {
    const given = text(name);
    return given === undefined ? undefined : (parseInstant(given) ?? wrong(name, 'an existing date or time such as 2024-01-31 or 2024-01-31T12:00Z'));
  };
  const whole = (name: string, fallback: number, min: number): number => {
    const given = text(name);
    if (given === undefined) return fallback;
    const value = /^\d{1,9}$/.test(given) ? Number(given) : NaN;
    return value >= min && value <= MOST_ROWS ? value : (wrong(name, `a whole number from ${min} to ${MOST_ROWS}`) ?? fallback);
  };
  const symbol = text('symbol');
  if (symbol !== undefined && !/^[A-Z0-9]{1,20}\/[A-Z0-9]{1,20}$/.test(symbol)) wrong('symbol', 'a market as BASE/QUOTE in capitals, e.g. BTC/USDT');
  const filter = {
    fromMs: instant('from'),
    toMs: instant('to'),
    symbol,
    mode: oneOf<TradingMode>('mode', ['paper', 'live']),
    side: oneOf<Side>('side', ['buy', 'sell']),
    strategy: text('strategy'),
  };
  const page = { limit: whole('limit', DEFAULT_LIMIT, 1), offset: whole('offset', 0, 0) };
  if (options['json'] === true && options['csv'] === true) problems.push({ path: '--csv', message: 'cannot be used together with --json' });
  if (filter.fromMs !== undefined && filter.toMs !== undefined && filter.fromMs >= filter.toMs) problems.push({ path: '--from', message: `must be before --to ${text('to')}, was "${text('from')}"` });
  if (problems.length > 0) throw new ConfigError(problems, 'Cannot use these flags');
  return { filter, page };
}
