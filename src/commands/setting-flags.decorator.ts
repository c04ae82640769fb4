import { Option } from 'nest-commander';

import type { FlagValue } from '../config/resolve-config.js';
import { SETTINGS } from '../config/settings.js';

/** A command-line flag that sets a setting. */
export interface SettingFlag {
  /** e.g. `--fee` */
  readonly flag: string;
  /** e.g. `backtest.fee_rate` */
  readonly path: string;
  /** Name of the value in the help, e.g. `rate`; left out: the flag has none and means true. */
  readonly value?: string;
}

/**
 * Gives a command these flags; their help is the setting's own, so that it is written once. What was typed arrives as text, and is
 * checked together with the file and the environment.
 */
export function SettingFlags(flags: readonly SettingFlag[]): ClassDecorator {
  return (target) => {
    for (const { flag, path, value } of flags) {
      const name = `read ${flag}`;
      const read = (text: string): string => text;
      Object.defineProperty(target.prototype, name, { value: read, configurable: true });
      Option({ flags: value === undefined ? flag : `${flag} <${value}>`, description: helpOf(path) })(target.prototype as object, name, { value: read });
    }
  };
}

/** The flags that were given, out of the options a command received. */
export function givenFlags(flags: readonly SettingFlag[], options: Readonly<Record<string, unknown>>): FlagValue[] {
  return flags.flatMap(({ flag, path }): FlagValue[] => {
    const given = options[attributeOf(flag)];
    return given === undefined ? [] : [{ flag, path, text: typeof given === 'string' ? given : true }];
  });
}

function helpOf(path: string): string {
  const setting = SETTINGS.find((known) => known.path === path);
  if (setting === undefined) throw new Error(`There is no setting ${path}`);
  const { spec } = setting;
  return spec.kind === 'choice' || spec.kind === 'integer' || spec.kind === 'number' ? `${spec.doc} (${spec.expected})` : spec.doc;
}

/** `--data-dir` → `dataDir`, as the parser names it. */
function attributeOf(flag: string): string {
  return flag.slice(2).replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
