import { SubCommand } from 'nest-commander';

import { listResults } from '../../backtest/saved-results.js';
import { ConfigLoader } from '../../config/config-loader.service.js';
import { ConfigError } from '../../domain/errors.js';
import { BaseCommand } from '../base.command.js';
import { configFileOf } from '../data/data-flags.js';
import { csv, jsonRows, table } from '../ledger/columns.js';
import { CONFIG_FLAG, JSON_FLAG, LedgerFlags, type Options } from '../ledger/ledger-flags.decorator.js';
import { givenFlags, SettingFlags } from '../setting-flags.decorator.js';
import { resultColumns, sortedBy } from './metric-columns.js';
import { RESULTS_DIR } from './results-dir.js';

const USUAL_ROWS = 50;

@SubCommand({ name: 'list', description: 'List saved results, newest first, or best first by a figure.' })
@SettingFlags(RESULTS_DIR)
@LedgerFlags([
  { flags: '--sort <figure>', help: 'Best first by this figure, e.g. sharpe_daily, total_return, max_drawdown.' },
  { flags: '--limit <number>', help: `At most so many (default: ${USUAL_ROWS}).` },
  JSON_FLAG,
  { flags: '--csv', help: 'Print CSV, with all columns and every digit.' },
  CONFIG_FLAG,
])
export class ResultsListCommand extends BaseCommand {
  constructor(private readonly configs: ConfigLoader) {
    super();
  }

  async run(_args: string[], options: Options): Promise<void> {
    const limit = limitOf(options['limit']);
    const dir = this.configs.load(givenFlags(RESULTS_DIR, options), configFileOf(options)).config.storage.resultsDir;
    const metric = typeof options['sort'] === 'string' ? options['sort'] : undefined;
    const { results, damaged } = listResults(dir);
    const rows = sortedBy(results, metric).slice(0, limit);
    const columns = resultColumns(metric);
    if (options['json'] === true) this.print(JSON.stringify(jsonRows(rows, columns), null, 2));
    else if (options['csv'] === true) this.print(csv(rows, columns));
    else if (rows.length === 0) this.print(`${dir} holds no results. \`backtest\` saves one`);
    else this.print(table(rows, columns));
    for (const { path, problem } of damaged) this.say(`! ${path}: ${problem}`);
    if (results.length > rows.length) this.say(`${rows.length} of ${results.length}; more with --limit`);
  }
}

function limitOf(text: unknown): number {
  if (text === undefined) return USUAL_ROWS;
  const limit = typeof text === 'string' && /^\d{1,6}$/.test(text) ? Number(text) : 0;
  if (limit > 0) return limit;
  throw new ConfigError([{ path: '--limit', message: `must be a whole number from 1 to 999999, was ${JSON.stringify(text)}` }], 'Cannot use these flags');
}
