import { Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { SchedulerRegistry } from '@nestjs/schedule';
import { CronJob } from 'cron';

import { sourceOf } from '../backtest/backtester.service.js';
import { ConfigLoader } from '../config/config-loader.service.js';
import type { BotConfig } from '../config/bot-config.js';
import { entryProblem } from '../data/live-window.js';
import { DataHandler } from '../data/data-handler.js';
import { TradingBotError } from '../domain/errors.js';
import { shortTime } from '../domain/instant.js';
import { StrategyRegistry } from '../strategy/strategy.registry.js';
import type { BoundStrategy } from '../strategy/trading-strategy.js';
import { cronExpression } from './cron-expression.js';

/** Wakes at every close of the configured timeframe and says what the strategy sees. It places no orders. */
@Injectable()
export class SignalWatchService implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly log = new Logger('SignalWatch');
  private job?: CronJob;
  private lastOpen = 0;

  constructor(
    private readonly configs: ConfigLoader,
    private readonly strategies: StrategyRegistry,
    private readonly data: DataHandler,
    private readonly scheduler: SchedulerRegistry,
  ) {}

  onApplicationBootstrap(): void {
    const { config } = this.configs.load();
    const strategy = this.strategies.bind(config.strategy.name, config.strategy.params);
    const cronTime = cronExpression(config.timeframe, config.schedule.delaySeconds);
    this.job = CronJob.from({ cronTime, timeZone: 'UTC', waitForCompletion: true, onTick: () => this.tick(config, strategy, Date.now()), start: true });
    this.scheduler.addCronJob('signal-watch', this.job);
    this.log.log(`Watching ${config.symbol} ${config.timeframe} with ${strategy.name} ${JSON.stringify(strategy.params)}; looking ${config.schedule.delaySeconds} s after each close. No orders are placed.`);
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.job?.stop();
  }

  /** One look; a failed one is reported and the next close is waited for. */
  async tick(config: BotConfig, strategy: BoundStrategy, nowMs: number): Promise<void> {
    try {
      const { symbol, timeframe } = config;
      const bars = strategy.warmupBars + 1;
      const candles = await this.data.recent({ symbol, timeframe, source: sourceOf(config), bars, nowMs });
      const problem = entryProblem(candles, bars, nowMs);
      if (problem !== null) this.log.warn(`${problem.code}: ${problem.message}`);
      const last = candles.length - 1;
      if (candles.openTime[last] === this.lastOpen) return;
      this.lastOpen = candles.openTime[last];
      const { signals, indicators } = strategy.frame(candles);
      const values = Object.entries(indicators).map(([name, column]) => `${name} ${column[last].toPrecision(8)}`);
      const meaning = { '1': 'buy', '0': 'nothing', '-1': 'sell' }[String(signals[last])];
      this.log.log(`${shortTime(candles.openTime[last])} ${symbol} ${timeframe} close ${candles.close[last]}: ${meaning} (${values.join(', ')})`);
    } catch (error) {
      if (!(error instanceof TradingBotError)) throw error;
      this.log.error(`${error.code}: ${error.message}`);
    }
  }
}
