import { Command, Help } from 'nest-commander';

import { ConfigLoader } from '../config/config-loader.service.js';
import { DataHandler } from '../data/data-handler.js';
import { StrategyRegistry } from '../strategy/strategy.registry.js';
import { BaseCommand } from './base.command.js';
import { configFileOf } from './data/data-flags.js';
import { JSON_FLAG, LedgerFlags, type Options } from './ledger/ledger-flags.decorator.js';
import { FlagReader } from './optimize/flag-reader.js';
import { SEARCH_FLAGS, searchSettings, TESTED_FLAGS } from './optimize/search-flags.js';
import { stopOnInterrupt } from './optimize/stop-on-interrupt.js';
import { givenFlags, SettingFlags } from './setting-flags.decorator.js';

const DEFAULT_HOLDOUT = 0.3;

@Command({ name: 'optimize', description: 'Search parameters of a strategy, and say how much of the best result is luck.' })
@SettingFlags(TESTED_FLAGS)
@LedgerFlags([
  ...SEARCH_FLAGS,
  { flags: '--holdout <share>', help: `Share of the time, at its end, that the search does not see (default: ${DEFAULT_HOLDOUT}).` },
  { flags: '--resume <file>', help: 'Go on with a search that was stopped: its journal, and the same flags.' },
  { flags: '--save', help: 'Save all trials as CSV and JSON beside the results.' },
  { flags: '--apply', help: 'Print the --params of the best set, and nothing else.' },
  JSON_FLAG,
])
export class OptimizeCommand extends BaseCommand {
  constructor(
    private readonly configs: ConfigLoader,
    private readonly data: DataHandler,
    private readonly strategies: StrategyRegistry,
  ) {
    super();
  }

  async run(_args: string[], options: Options): Promise<void> {
    const settings = searchSettings(options);
    const flags = new FlagReader(options);
    const holdout = flags.share('holdout') ?? DEFAULT_HOLDOUT;
    flags.check();
    const { config } = this.configs.load(givenFlags(TESTED_FLAGS, options), configFileOf(options));
    const [{ runOptimize, fileStem }, { optimizeText }, { optimizeDocument, saveOptimize }, { paramsText }] = await Promise.all([import('./optimize/run-optimize.js'), import('./optimize/optimize-text.js'), import('./optimize/optimize-files.js'), import('../optimize/trial-record.js')]);
    const nowMs = Date.now();
    const interrupt = stopOnInterrupt();
    const outcome = await runOptimize(this.data, this.strategies, { config, settings, holdout, resume: flags.text('resume'), nowMs, progress: process.stderr, isStopped: interrupt.isStopped, tell: (problem) => this.say(problem) }).finally(interrupt.release);
    const { winner } = outcome.study;
    const saved = flags.isGiven('save') ? saveOptimize(outcome, config.storage.resultsDir, fileStem('optimize', config.strategy.name, nowMs)) : [];
    if (flags.isGiven('json')) this.print(JSON.stringify(optimizeDocument(outcome), null, 2));
    else if (!flags.isGiven('apply')) this.print(optimizeText({ ...outcome, method: outcome.chosen.method, workers: settings.workers }));
    else if (winner !== null) this.print(`--params '${paramsText(winner.params)}'`);
    for (const path of saved) this.say(`Saved to ${path}`);
    if (winner === null) process.exitCode = 1;
    if (outcome.journal !== null) {
      this.say(`Stopped after ${outcome.study.trials.length} of ${settings.trials} trials. Go on with the same flags and --resume ${outcome.journal}`);
      process.exitCode = 1;
    }
  }

  @Help('after')
  examples(): string {
    return `
Examples:
  $ node dist/cli optimize --source built-in --space 'fast_window=5..60:5,slow_window=50..300:10'
  $ node dist/cli optimize --strategy rsi_reversion --trials 2000 --objective calmar --max-drawdown 0.3 --save
  $ node dist/cli backtest $(node dist/cli optimize --source built-in --apply)`;
  }
}
