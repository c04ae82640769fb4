import { SubCommand } from 'nest-commander';

import type { BacktestResult } from '../../backtest/backtest-result.js';
import { BacktesterService } from '../../backtest/backtester.service.js';
import { findResult, readResult } from '../../backtest/saved-results.js';
import { resultJson } from '../../backtest/result-json.js';
import { ConfigLoader } from '../../config/config-loader.service.js';
import { DataHandler } from '../../data/data-handler.js';
import type { Study } from '../../report/html/study-part.js';
import { missionReport } from '../../report/mission-report.js';
import { StrategyRegistry } from '../../strategy/strategy.registry.js';
import { BaseCommand } from '../base.command.js';
import { countTry } from '../count-try.js';
import { configFileOf } from '../data/data-flags.js';
import { CONFIG_FLAG, JSON_FLAG, LedgerFlags, type Options } from '../ledger/ledger-flags.decorator.js';
import { HTML_FLAG } from '../html-flag.js';
import { givenFlags, SettingFlags } from '../setting-flags.decorator.js';
import { RESULTS_DIR } from './results-dir.js';
import { savedSensitivity } from './saved-sensitivity.js';

@SubCommand({ name: 'show', arguments: '<result>', description: 'Show the report of a saved result: a file, its name, or `latest`.' })
@SettingFlags(RESULTS_DIR)
@LedgerFlags([HTML_FLAG, JSON_FLAG, CONFIG_FLAG])
export class ResultsShowCommand extends BaseCommand {
  constructor(
    private readonly configs: ConfigLoader,
    private readonly data: DataHandler,
    private readonly strategies: StrategyRegistry,
    private readonly backtester: BacktesterService,
  ) {
    super();
  }

  async run([wanted]: string[], options: Options): Promise<void> {
    const { config } = this.configs.load(givenFlags(RESULTS_DIR, options), configFileOf(options));
    const path = findResult(config.storage.resultsDir, wanted);
    const result = readResult(path);
    // What costs a run of the engine is done once, and not at all for a plain document.
    const study = options['html'] === undefined && options['json'] === true ? {} : await this.studyOf(result, config.storage.resultsDir);
    if (options['html'] !== undefined) await this.writePage(result, path, options['html'], study);
    if (options['json'] === true) for (const part of resultJson(result)) process.stdout.write(part);
    else this.print(missionReport(result, { color: this.color, savedTo: path, ...study }));
  }

  private async studyOf(result: BacktestResult, resultsDir: string): Promise<Study> {
    const tries = countTry(result, resultsDir, false, (problem) => this.say(problem));
    return { tries, sensitivity: await savedSensitivity(result, this.backtester, Date.now()) };
  }

  /** The page and what it needs are loaded here, and not before. */
  private async writePage(result: BacktestResult, resultPath: string, given: unknown, study: Study): Promise<void> {
    const [{ pagePath, writePage }, { backtestPage }, { savedView }] = await Promise.all([import('../report-page.js'), import('../../report/html/backtest-page.js'), import('./saved-view.js')]);
    const path = pagePath(given, resultPath);
    const view = await savedView(result, this.data, this.strategies, Date.now());
    writePage(path, backtestPage(result, { ...view, ...study }));
    this.say(`Page written to ${path}`);
  }
}
