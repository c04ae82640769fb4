import { Command } from 'nest-commander';

import { ConfigLoader } from '../config/config-loader.service.js';
import { ConfigError } from '../domain/errors.js';
import { paramTable, type ParamRow } from '../strategy/param-table.js';
import { StrategyRegistry } from '../strategy/strategy.registry.js';
import { BaseCommand } from './base.command.js';
import { configFileOf } from './data/data-flags.js';
import { CONFIG_FLAG, JSON_FLAG, LedgerFlags, type Options } from './ledger/ledger-flags.decorator.js';
import { givenFlags, SettingFlags, type SettingFlag } from './setting-flags.decorator.js';

/** Where a user's own strategies are. */
const STRATEGY_FOLDER: readonly SettingFlag[] = [{ flag: '--strategy-path', path: 'strategy.path', value: 'folder' }];

@Command({ name: 'strategies', description: 'List the strategies and their parameters, your own with the SHA-256 of their files.' })
@SettingFlags(STRATEGY_FOLDER)
@LedgerFlags([JSON_FLAG, CONFIG_FLAG])
export class StrategiesCommand extends BaseCommand {
  constructor(
    private readonly configs: ConfigLoader,
    private readonly registry: StrategyRegistry,
  ) {
    super();
  }

  async run(_args: string[], options: Options): Promise<void> {
    const path = this.folder(options);
    this.registry.load(path);
    const strategies = this.registry.names().map((name) => {
      const { summary, version, params, file, sha256 } = this.registry.get(name);
      return { name, summary, version, params: paramTable(params), file: file === undefined ? null : `${path}/${file}`, sha256: sha256 ?? null };
    });
    if (options['json'] === true) this.print(JSON.stringify(strategies, null, 2));
    else this.print(strategies.map(({ name, summary, params, file, sha256 }) => [name, `  ${summary}`, ...(file === null ? [] : [`  ${file}, SHA-256 ${sha256}`]), ...params.map(describe)].join('\n')).join('\n\n'));
  }

  /** A list of what comes along needs no settings: where nobody named any, and there are none to use, there is no folder either. */
  private folder(options: Options): string | undefined {
    const [flag] = givenFlags(STRATEGY_FOLDER, options);
    if (flag !== undefined) return String(flag.text);
    const file = configFileOf(options);
    try {
      return this.configs.load([], file).config.strategy.path;
    } catch (error) {
      if (file === undefined && error instanceof ConfigError) return undefined;
      throw error;
    }
  }
}

function describe({ name, range, default: fallback, doc, law }: ParamRow): string {
  return `    ${name.padEnd(16)} ${range}${law === null ? '' : `, ${law}`}; default ${String(fallback)}\n    ${''.padEnd(16)} ${doc}`;
}
