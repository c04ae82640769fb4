import { SubCommand } from 'nest-commander';

import { TrialLedger, type Trial } from '../../backtest/trial-ledger.js';
import { ConfigLoader } from '../../config/config-loader.service.js';
import { isoTime } from '../../domain/instant.js';
import { count, ratio } from '../../report/numbers.js';
import { BaseCommand } from '../base.command.js';
import { configFileOf } from '../data/data-flags.js';
import { briefTime, csv, jsonRows, table, type Column } from '../ledger/columns.js';
import { CONFIG_FLAG, JSON_FLAG, LedgerFlags, STRATEGY_FLAG, SYMBOL_FLAG, type Options } from '../ledger/ledger-flags.decorator.js';
import { RESULTS_DIR } from '../results/results-dir.js';
import { givenFlags, SettingFlags } from '../setting-flags.decorator.js';
import { wantedTrials } from './wanted-trials.js';

const DAYS = 365;
const perYear = ({ sharpe }: Trial): number | null => (sharpe === null ? null : sharpe * Math.sqrt(DAYS));

const COLUMNS: readonly Column<Trial>[] = [
  { name: 'at', title: 'last', value: ({ at }) => isoTime(at), cell: ({ at }) => briefTime(at) },
  { name: 'strategy', value: ({ strategy }) => strategy, cell: ({ strategy }) => strategy, flexible: true, shared: true },
  { name: 'symbol', title: 'market', value: ({ symbol }) => symbol, cell: ({ symbol }) => symbol, shared: true },
  { name: 'source', value: ({ source }) => source, cell: ({ source }) => source, shared: true },
  { name: 'what', value: ({ what }) => what, cell: ({ what }) => what, flexible: true },
  { name: 'tries', value: ({ tries }) => tries, cell: ({ tries }) => count(tries), align: 'right' },
  { name: 'sharpe_daily', title: 'sharpe', value: perYear, cell: (trial) => ratio(perYear(trial)), align: 'right' },
];

@SubCommand({ name: 'list', description: 'List what was tried, the newest first: one line for each set of parameters, or for each search.' })
@SettingFlags(RESULTS_DIR)
@LedgerFlags([STRATEGY_FLAG, SYMBOL_FLAG, JSON_FLAG, { flags: '--csv', help: 'Print CSV, with all columns and every digit.' }, CONFIG_FLAG])
export class TrialsListCommand extends BaseCommand {
  constructor(private readonly configs: ConfigLoader) {
    super();
  }

  async run(_args: string[], options: Options): Promise<void> {
    const ledger = new TrialLedger(this.configs.load(givenFlags(RESULTS_DIR, options), configFileOf(options)).config.storage.resultsDir);
    const { trials, damaged } = ledger.read();
    const rows = trials.filter(wantedTrials(options)).reverse();
    if (options['json'] === true) this.print(JSON.stringify(jsonRows(rows, COLUMNS), null, 2));
    else if (options['csv'] === true) this.print(csv(rows, COLUMNS));
    else if (rows.length === 0) this.print(`${ledger.path} counts no such try; every \`backtest\` that is saved adds one`);
    else this.print(table(rows, COLUMNS));
    if (damaged > 0) this.say(`! ${ledger.path}: ${damaged} ${damaged === 1 ? 'line is' : 'lines are'} damaged and not counted`);
  }
}
