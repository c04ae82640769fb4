import { Help, Option, SubCommand } from 'nest-commander';

import type { BotConfig } from '../../config/bot-config.js';
import { ConfigLoader } from '../../config/config-loader.service.js';
import { CandleDownloaderService } from '../../data/candle-downloader.service.js';
import { REAL_PACE } from '../../data/pace.js';
import { ConfigError } from '../../domain/errors.js';
import { shortTime } from '../../domain/instant.js';
import { barOpenAt } from '../../domain/timeframe.js';
import { BaseCommand } from '../base.command.js';
import { duration, ProgressLine } from '../progress-line.js';
import { SettingFlags } from '../setting-flags.decorator.js';
import { configsFor, dateOf, EXCHANGE_FLAGS, MARKET_FLAGS, STORE_FLAGS } from './data-flags.js';

const FLAGS = [...MARKET_FLAGS, ...EXCHANGE_FLAGS, ...STORE_FLAGS];

@SubCommand({ name: 'download', description: 'Fetch candles from an exchange into the folder of candle files. Goes on where it stopped.' })
@SettingFlags(FLAGS)
export class DataDownloadCommand extends BaseCommand {
  constructor(
    private readonly configs: ConfigLoader,
    private readonly downloader: CandleDownloaderService,
  ) {
    super();
  }

  async run(_args: string[], options: Record<string, unknown>): Promise<void> {
    const nowMs = Date.now();
    const fromMs = dateOf(options, 'start');
    const toMs = dateOf(options, 'end', nowMs);
    if (toMs > nowMs) throw new ConfigError([{ path: '--end', message: `lies in the future: was ${String(options['end'])}` }]);
    if (fromMs >= toMs) throw new ConfigError([{ path: '--start', message: `must be before --end ${shortTime(toMs)}, was ${String(options['start'])}` }]);
    const configs = configsFor(this.configs, FLAGS, options);
    const stop = new AbortController();
    const onInterrupt = (): void => stop.abort();
    process.once('SIGINT', onInterrupt);
    try {
      for (const config of configs) await this.downloadOne(config, fromMs, toMs, nowMs, stop.signal);
    } finally {
      process.removeListener('SIGINT', onInterrupt);
    }
  }

  private async downloadOne({ symbol, timeframe, exchange, data }: BotConfig, fromMs: number, toMs: number, nowMs: number, signal: AbortSignal): Promise<void> {
    const label = `${symbol} ${timeframe}`;
    const line = new ProgressLine(label, 'candles', process.stderr, Date.now);
    const query = { symbol, timeframe, fromMs, toMs, nowMs, exchange: exchange.id, timeoutMs: exchange.timeoutSeconds * 1000, dir: data.cacheDir };
    const outcome = await this.downloader.download(query, {
      pace: REAL_PACE,
      signal,
      onProgress: ({ done, total, candles }) => line.update({ done, total, items: candles }),
      onWait: (ms, reason) => line.end(`${label}: waiting ${duration(ms)}: ${reason}`),
    });
    line.end(`${label}: ${outcome.added.toLocaleString('en-US')} candles added to ${data.cacheDir}`);
    if (outcome.conflicts.length > 0) {
      this.say(`  ${outcome.conflicts.length} candles differ from the ones on file, the first of ${shortTime(outcome.conflicts[0])}; the older ones were kept`);
    }
    if (outcome.reachedMs < barOpenAt(toMs, timeframe)) this.say(`  the exchange has no closed candles from ${shortTime(outcome.reachedMs)} on`);
  }

  @Option({ flags: '--start <date>', description: 'First moment wanted, UTC.' })
  readStart(date: string): string {
    return date;
  }

  @Option({ flags: '--end <date>', description: 'First moment no longer wanted, UTC (default: now).' })
  readEnd(date: string): string {
    return date;
  }

  @Option({ flags: '--config <file>', description: 'Settings file.' })
  readConfig(file: string): string {
    return file;
  }

  @Help('after')
  examples(): string {
    return `
Examples:
  $ node dist/cli data download --start 2024-01-01
  $ node dist/cli data download --symbol BTC/USDT,ETH/USDT --timeframe 1h,1d --start 2020-01-01 --end 2024-01-01`;
  }
}
