import { Command, Help, Option } from 'nest-commander';

import type { BacktestResult } from '../backtest/backtest-result.js';
import { BacktesterService } from '../backtest/backtester.service.js';
import { resultJson } from '../backtest/result-json.js';
import { ResultStore } from '../backtest/result-store.js';
import { ConfigLoader } from '../config/config-loader.service.js';
import { parseParamsText } from '../config/params-text.js';
import { missionReport } from '../report/mission-report.js';
import { BaseCommand } from './base.command.js';
import { givenFlags, SettingFlags, type SettingFlag } from './setting-flags.decorator.js';

export const BACKTEST_FLAGS: readonly SettingFlag[] = [
  { flag: '--start', path: 'backtest.start', value: 'date' },
  { flag: '--end', path: 'backtest.end', value: 'date' },
  { flag: '--symbol', path: 'symbol', value: 'market' },
  { flag: '--timeframe', path: 'timeframe', value: 'length' },
  { flag: '--strategy', path: 'strategy.name', value: 'name' },
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
}

@Command({ name: 'backtest', description: 'Test a strategy on past candles and report what it would have done.' })
@SettingFlags(BACKTEST_FLAGS)
export class BacktestCommand extends BaseCommand {
  constructor(
    private readonly configs: ConfigLoader,
    private readonly backtester: BacktesterService,
  ) {
    super();
  }

  async run(_args: string[], options: OutputOptions & Record<string, unknown>): Promise<void> {
    const flags = givenFlags(BACKTEST_FLAGS, options);
    const { config } = this.configs.load(flags, options.config);
    const params = parseParamsText(String(flags.find(({ flag }) => flag === '--params')?.text ?? ''));
    const result = await this.backtester.run({ config, nowMs: Date.now(), overriddenParams: params.ok ? Object.keys(params.params) : [] });
    const savedTo = options.save === false ? null : new ResultStore(config.storage.resultsDir).save(result);
    if (options.json === true) this.printJson(result);
    else if (options.quiet !== true) this.print(missionReport(result, { color: this.color, savedTo }));
    if (savedTo !== null && (options.json === true || options.quiet === true)) this.say(`Saved to ${savedTo}`);
  }

  private printJson(result: BacktestResult): void {
    for (const part of resultJson(result)) process.stdout.write(part);
  }

  @Option({ flags: '--config <file>', description: 'Settings file (default: BOT_CONFIG, else settings/config.json).' })
  readConfig(file: string): string {
    return file;
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
  $ node dist/cli backtest --timeframe 4h --fee 0.00075 --json | jq .metrics`;
  }
}
