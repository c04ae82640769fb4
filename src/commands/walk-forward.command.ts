import { Command, Help, Option } from 'nest-commander';

import { ConfigLoader } from '../config/config-loader.service.js';
import { DataHandler } from '../data/data-handler.js';
import { StrategyRegistry } from '../strategy/strategy.registry.js';
import { BaseCommand } from './base.command.js';
import { configFileOf } from './data/data-flags.js';
import { JSON_FLAG, LedgerFlags, type Options } from './ledger/ledger-flags.decorator.js';
import { FlagReader } from './optimize/flag-reader.js';
import { SEARCH_FLAGS, searchSettings, TESTED_FLAGS } from './optimize/search-flags.js';
import { stopOnInterrupt } from './optimize/stop-on-interrupt.js';
import { WALK_FORWARD_FLAGS } from './optimize/walk-forward-flags.js';
import { givenFlags, SettingFlags } from './setting-flags.decorator.js';

@Command({ name: 'walk-forward', description: 'Optimise on one stretch, test on the next, again and again, and judge the tests alone.' })
@SettingFlags(TESTED_FLAGS)
@LedgerFlags([...WALK_FORWARD_FLAGS, ...SEARCH_FLAGS, JSON_FLAG])
export class WalkForwardCommand extends BaseCommand {
  constructor(
    private readonly configs: ConfigLoader,
    private readonly data: DataHandler,
    private readonly strategies: StrategyRegistry,
  ) {
    super();
  }

  async run(_args: string[], options: Options): Promise<void> {
    const settings = searchSettings(options);
    const { config } = this.configs.load(givenFlags(TESTED_FLAGS, options), configFileOf(options));
    const [{ runWalkForward }, { fileStem }, { walkForwardText }, { walkForwardDocument, saveWalkForward }] = await Promise.all([import('./optimize/run-walk-forward.js'), import('./optimize/run-optimize.js'), import('./optimize/walk-forward-text.js'), import('./optimize/walk-forward-file.js')]);
    const flags = new FlagReader(options);
    const nowMs = Date.now();
    const interrupt = stopOnInterrupt();
    const outcome = await runWalkForward(this.data, this.strategies, { config, settings, options, nowMs, progress: process.stderr, isStopped: interrupt.isStopped }).finally(interrupt.release);
    const { result } = outcome;
    if (result === null) {
      this.say('Stopped before the first window was done: there is nothing to show');
      process.exitCode = 1;
      return;
    }
    if (flags.isGiven('json')) this.print(JSON.stringify(walkForwardDocument({ ...outcome, result }), null, 2));
    else this.print(walkForwardText({ ...outcome, result }));
    if (options['save'] !== false) this.say(`Saved to ${saveWalkForward({ ...outcome, result }, config.storage.resultsDir, fileStem('walk_forward', config.strategy.name, nowMs))}`);
    if (result.windows.length < outcome.windows) process.exitCode = 1;
  }

  @Option({ flags: '--no-save', description: 'Do not save the result.' })
  readNoSave(): boolean {
    return false;
  }

  @Help('after')
  examples(): string {
    return `
Examples:
  $ node dist/cli walk-forward --source built-in --space 'fast_window=5..60:5,slow_window=50..300:10'
  $ node dist/cli walk-forward --train 180d --test 30d --trials 200 --objective calmar`;
  }
}
