import { SubCommand } from 'nest-commander';

import { TrialLedger } from '../../backtest/trial-ledger.js';
import { ConfigLoader } from '../../config/config-loader.service.js';
import { ConfigError } from '../../domain/errors.js';
import { counted } from '../../report/numbers.js';
import { BaseCommand } from '../base.command.js';
import { configFileOf } from '../data/data-flags.js';
import { CONFIG_FLAG, LedgerFlags, STRATEGY_FLAG, SYMBOL_FLAG, type Options } from '../ledger/ledger-flags.decorator.js';
import { RESULTS_DIR } from '../results/results-dir.js';
import { givenFlags, SettingFlags } from '../setting-flags.decorator.js';
import { wantedTrials } from './wanted-trials.js';

@SubCommand({ name: 'reset', description: 'Forget tries: of one strategy, of one market, of one strategy on one market, or with --all every one. No result is lost.' })
@SettingFlags(RESULTS_DIR)
@LedgerFlags([STRATEGY_FLAG, SYMBOL_FLAG, { flags: '--all', help: 'Every try that there is.' }, CONFIG_FLAG])
export class TrialsResetCommand extends BaseCommand {
  constructor(private readonly configs: ConfigLoader) {
    super();
  }

  async run(_args: string[], options: Options): Promise<void> {
    const named = options['strategy'] !== undefined || options['symbol'] !== undefined;
    if (named === (options['all'] === true)) {
      throw new ConfigError([{ path: '--all', message: named ? 'cannot be used together with --strategy or --symbol' : 'or --strategy or --symbol is needed: which tries are to be forgotten?' }], 'Cannot use these flags');
    }
    const ledger = new TrialLedger(this.configs.load(givenFlags(RESULTS_DIR, options), configFileOf(options)).config.storage.resultsDir);
    this.print(`Forgot ${counted(ledger.reset(wantedTrials(options)), 'try', 'tries')} in ${ledger.path}`);
  }
}
