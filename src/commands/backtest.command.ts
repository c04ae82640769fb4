import { Command, Help, Option } from 'nest-commander';

import type { BacktestResult } from '../backtest/backtest-result.js';
import { BacktesterService, rulesOf } from '../backtest/backtester.service.js';
import { resultJson } from '../backtest/result-json.js';
import { ResultStore } from '../backtest/result-store.js';
import type { BotConfig } from '../config/bot-config.js';
import { ConfigLoader } from '../config/config-loader.service.js';
import { parseParamsText } from '../config/params-text.js';
import type { Candles } from '../domain/candles.js';
import { knownSecrets } from '../domain/redact.js';
import type { Study } from '../report/html/study-part.js';
import { missionReport } from '../report/mission-report.js';
import { StrategyRegistry } from '../strategy/strategy.registry.js';
import { BaseCommand } from './base.command.js';
import { countTry } from './count-try.js';
import { HTML_FLAG } from './html-flag.js';
import { givenFlags, SettingFlags, type SettingFlag } from './setting-flags.decorator.js';

export const BACKTEST_FLAGS: readonly SettingFlag[] = [
  { flag: '--start', path: 'backtest.start', value: 'date' },
  { flag: '--end', path: 'backtest.end', value: 'date' },
  { flag: '--symbol', path: 'symbol', value: 'market' },
  { flag: '--timeframe', path: 'timeframe', value: 'length' },
  { flag: '--strategy', path: 'strategy.name', value: 'name' },
  { flag: '--strategy-path', path: 'strategy.path', value: 'folder' },
  { flag: '--params', path: 'strategy.params', value: 'list' },
  { flag: '--capital', path: 'backtest.initial_capital', value: 'amount' },
  { flag: '--fee', path: 'backtest.fee_rate', value: 'rate' },
  { flag: '--fee-from', path: 'backtest.fee_from', value: 'where' },
  { flag: '--slippage-bps', path: 'backtest.slippage_bps', value: 'bps' },
  { flag: '--fill', path: 'backtest.fill', value: 'rule' },
  { flag: '--sizing', path: 'backtest.sizing', value: 'rule' },
  { flag: '--fraction', path: 'backtest.fraction', value: 'share' },
  { flag: '--data-dir', path: 'data.cache_dir', value: 'folder' },
  { flag: '--source', path: 'data.source', value: 'source' },
  { flag: '--offline', path: 'data.offline' },
  { flag: '--seed', path: 'data.seed', value: 'number' },
  { flag: '--results-dir', path: 'storage.results_dir', value: 'folder' },
];

interface OutputOptions {
  readonly config?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly save?: boolean;
  readonly html?: string | true;
}

type PageWriter = typeof import('./report-page.js');

interface Tested extends Study {
  readonly config: BotConfig;
  readonly result: BacktestResult;
  readonly candles: Candles;
}

@Command({ name: 'backtest', description: 'Test a strategy on past candles and report what it would have done.' })
@SettingFlags(BACKTEST_FLAGS)
export class BacktestCommand extends BaseCommand {
  constructor(
    private readonly configs: ConfigLoader,
    private readonly backtester: BacktesterService,
    private readonly strategies: StrategyRegistry,
  ) {
    super();
  }

  async run(_args: string[], options: OutputOptions & Record<string, unknown>): Promise<void> {
    const flags = givenFlags(BACKTEST_FLAGS, options);
    const { config } = this.configs.load(flags, options.config);
    const params = parseParamsText(String(flags.find(({ flag }) => flag === '--params')?.text ?? ''));
    const page = options.html === undefined ? null : await import('./report-page.js');
    // Before the work: a name that cannot be used is worth no waiting.
    page?.pagePath(options.html, options.save === false ? null : config.storage.resultsDir);
    const { result, candles, sensitivity } = await this.backtester.runWithCandles({ config, nowMs: Date.now(), overriddenParams: params.ok ? Object.keys(params.params) : [] });
    const savedTo = options.save === false ? null : new ResultStore(config.storage.resultsDir).save(result);
    const tries = countTry(result, config.storage.resultsDir, savedTo !== null, (problem) => this.say(problem));
    if (page !== null) await this.writePage(page, page.pagePath(options.html, savedTo), { config, result, candles, tries, sensitivity: sensitivity() });
    if (options.json === true) this.printJson(result);
    else if (options.quiet !== true) this.print(missionReport(result, { color: this.color, savedTo, tries, sensitivity: sensitivity() }));
    if (savedTo !== null && (options.json === true || options.quiet === true)) this.say(`Saved to ${savedTo}`);
  }

  /** The page and what it needs are loaded here, and not before. */
  private async writePage({ writePage }: PageWriter, path: string, { config, result, candles, tries, sensitivity }: Tested): Promise<void> {
    const [{ backtestPage }, { priceView }] = await Promise.all([import('../report/html/backtest-page.js'), import('../report/html/price-view.js')]);
    const strategy = this.strategies.bindConfigured(config.strategy, config.timeframe);
    writePage(path, backtestPage(result, { rules: rulesOf(config), price: priceView(candles, result.manifest.warmup_bars, strategy), tries, sensitivity }));
    this.say(`Page written to ${path}`);
  }

  private printJson(result: BacktestResult): void {
    for (const part of resultJson(result)) process.stdout.write(knownSecrets.redactKnown(part));
  }

  @Option({ flags: '--config <file>', description: 'Settings file (default: BOT_CONFIG, else settings/config.json).' })
  readConfig(file: string): string {
    return file;
  }

  @Option({ flags: HTML_FLAG.flags, description: HTML_FLAG.help })
  readHtml(file: string | undefined): string | true {
    return file ?? true;
  }

  @Option({ flags: '--json', description: 'Print the whole result as JSON, and nothing else.' })
  readJson(): boolean {
    return true;
  }

  @Option({ flags: '--quiet', description: 'Print no report.' })
  readQuiet(): boolean {
    return true;
  }

  @Option({ flags: '--no-save', description: 'Do not save the result.' })
  readNoSave(): boolean {
    return false;
  }

  @Help('after')
  examples(): string {
    return `
Examples:
  $ node dist/cli backtest --source built-in
  $ node dist/cli backtest --start 2024-01-01 --end 2024-06-01 --params 'fast_window=20,slow_window=60'
  $ node dist/cli backtest --timeframe 4h --fee 0.00075 --json | jq .metrics
  $ node dist/cli backtest --source built-in --html report.html`;
  }
}
