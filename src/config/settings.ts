import type { FieldSpec } from '../schema/fields.js';
import { fieldsOf } from '../schema/fields.js';
import { toSnake } from '../schema/names.js';
import { BotConfig } from './bot-config.js';

/** One thing that can be set: its path in the file, its variable in the environment, and what is allowed. */
export interface Setting {
  /** e.g. `backtest.fee_rate` */
  readonly path: string;
  /** Made of the path, e.g. `BOT_BACKTEST_FEE_RATE`, but for the few of `NAMED_VARIABLES`. */
  readonly variable: string;
  readonly spec: FieldSpec;
  /** undefined where there is none */
  readonly fallback: unknown;
}

export const VARIABLE_PREFIX = 'BOT_';

/** Variables with the prefix that are no settings. */
export const CONFIG_FILE_VARIABLE = 'BOT_CONFIG';

/** Settings whose variable has a name of its own, because people and containers know it by that. */
const NAMED_VARIABLES: Readonly<Record<string, string>> = { bot_id: 'BOT_ID', 'storage.data_dir': 'BOT_DATA_DIR' };

/** Every setting, in the order of the file. */
export const SETTINGS: readonly Setting[] = listSettings(BotConfig, '');

function listSettings(type: new () => object, prefix: string): Setting[] {
  const defaults = new type() as Record<string, unknown>;
  return [...fieldsOf(type)].flatMap(([name, spec]) => {
    const path = prefix + toSnake(name);
    if (spec.kind === 'section') return listSettings(spec.section as new () => object, `${path}.`);
    return [{ path, variable: NAMED_VARIABLES[path] ?? VARIABLE_PREFIX + path.replaceAll('.', '_').toUpperCase(), spec, fallback: defaults[name] }];
  });
}
