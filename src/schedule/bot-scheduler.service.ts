import { join } from 'node:path';

import { Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { SchedulerRegistry } from '@nestjs/schedule';
import { CronJob } from 'cron';

import { HEARTBEAT_FILE, heartbeatText, lastTickOf, type Heartbeat, type ServicePhase } from '../bot/heartbeat.js';
import { BotsService } from '../bot/bots.service.js';
import type { OpenBot } from '../bot/open-bot.js';
import { jsonOf, levelOf, lineOf, type TickReport } from '../bot/tick-report.js';
import type { BotConfig } from '../config/bot-config.js';
import { ConfigLoader } from '../config/config-loader.service.js';
import { LedgerError, StorageError } from '../domain/errors.js';
import { describeFailure } from '../domain/failure.js';
import { shortTime } from '../domain/instant.js';
import { replaceFile } from '../files/atomic-write.js';
import type { BoundStrategy } from '../strategy/trading-strategy.js';
import { SystemClock } from '../system-clock.js';
import { cronExpression } from './cron-expression.js';
import { Onlookers } from './onlookers.service.js';
import { ServiceOptions } from './service-options.js';
import { TickLoop } from './tick-loop.js';
import { Watchdog } from './watchdog.js';

/** Heartbeat and lease are renewed so often. */
const BEAT_MS = 10_000;
/** Of the ten seconds that a container is given to end, what the running tick may have. */
const DRAIN_MS = 6_500;
/** A tick that runs so much longer than its deadline will never end: every call in it has a deadline of its own. */
const HUNG_AFTER_MS = 120_000;

/** The service: opens the bot, wakes it after every close, keeps lease and heartbeat, and ends it in order. */
@Injectable()
export class BotScheduler implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly log = new Logger('Bot');
  private readonly clock = new SystemClock();
  private readonly startedAt = this.clock.now();
  private config: BotConfig;
  private strategy: BoundStrategy;
  private open: OpenBot | null = null;
  private loop: TickLoop | null = null;
  private job: CronJob | null = null;
  private watchdog: Watchdog | null = null;
  private readonly timers: NodeJS.Timeout[] = [];
  private lastReport: TickReport | null = null;
  private ended = false;

  constructor(
    private readonly options: ServiceOptions,
    private readonly configs: ConfigLoader,
    private readonly bots: BotsService,
    private readonly registry: SchedulerRegistry,
    private readonly onlookers: Onlookers,
  ) {}

  /** @throws what `openBot` throws: the process ends with its exit code, and nothing was sent */
  async onApplicationBootstrap(): Promise<void> {
    const { flags, configFile } = this.options;
    this.config = this.configs.load(flags, configFile).config;
    this.strategy = this.bots.strategyOf(this.config);
    const { config, clock } = this;
    await this.onlookers.open({ config, strategy: this.strategy, intervalSeconds: this.options.intervalSeconds, weightUsed: () => this.open?.weightUsed() ?? null });
    try {
      this.open = await this.bots.open(config, clock);
    } catch (error) {
      await this.onlookers.dismiss();
      throw error;
    }
    this.introduce(this.open);
    this.onlookers.started(this.open.trades, clock.now());
    const { bot } = this.open;
    this.loop = new TickLoop({
      runOnce: (nowMs) => bot.runOnce(nowMs),
      onReport: (report) => this.report(report),
      onFault: (error) => void this.fail(error),
      clock,
      startTimer: (ms, work) => {
        const timer = setTimeout(work, ms);
        return { cancel: () => clearTimeout(timer) };
      },
      random: Math.random,
    });
    this.watchdog = new Watchdog();
    this.beat('starting');
    this.timers.push(setInterval(() => void this.keepAlive(), BEAT_MS));
    this.schedule(this.loop);
    // A start is a recovery: the first tick settles what an earlier process left before it looks at anything else.
    void this.loop.wake();
  }

  /** The running tick may end; an order that is under way by then is left to the next start. */
  async beforeApplicationShutdown(signal?: string): Promise<void> {
    if (this.open === null || this.ended) return;
    this.ended = true;
    this.log.log(`Stopping${signal === undefined ? '' : ` (${signal})`}: no new order; the running tick may end`);
    this.beat('stopping');
    void this.job?.stop();
    const late = Symbol('late');
    const drained = await Promise.race([this.loop?.stop(), this.clock.sleep(DRAIN_MS).then(() => late)]);
    this.timers.forEach(clearInterval);
    if (drained === late) this.log.warn('The running tick did not end in time; what it has sent is settled at the next start');
    await this.open.close(drained === late ? 'fault' : 'clean', this.clock.now());
    this.beat('stopped');
    await this.watchdog?.stop();
    await this.onlookers.close(null, this.clock.now());
    this.log.log('Stopped');
  }

  /** Something that nobody expected: it is written down, and the process ends. The next start settles what is open. */
  async fail(error: unknown): Promise<void> {
    const { text, exitCode } = describeFailure(error);
    if (!this.ended) {
      this.ended = true;
      this.log.fatal(`${text}\nThe process ends; the next start settles what is open`);
      this.timers.forEach(clearInterval);
      this.beat('failed');
      await this.writeDown(text);
      await this.onlookers.close(text.split('\n', 1)[0], this.clock.now());
    }
    process.exit(exitCode);
  }

  private async writeDown(text: string): Promise<void> {
    if (this.open === null) return;
    const { events, configHash, ledger } = this.open;
    const { botId, executionMode: mode } = this.config;
    const at = this.clock.now();
    try {
      if (ledger.database.fault === null) await events.recordEvent({ botId, mode, kind: 'error', at, configHash, details: { message: text.slice(0, 2000) } });
      await this.open.close('fault', at);
    } catch (error) {
      // The process ends in any case, and what could not be kept is in the log.
      this.log.error(`It could not be written into the ledger: ${describeFailure(error).text}`);
    }
  }

  private schedule(loop: TickLoop): void {
    const { intervalSeconds } = this.options;
    if (intervalSeconds !== null) {
      this.timers.push(setInterval(() => void loop.wake(), intervalSeconds * 1000));
      return;
    }
    const cronTime = cronExpression(this.config.timeframe, this.config.schedule.delaySeconds);
    // It only wakes: that ticks never overlap, and that a missed one is made up for, is the loop's affair.
    this.job = CronJob.from({ cronTime, timeZone: 'UTC', onTick: () => void loop.wake(), start: true });
    this.registry.addCronJob('trading-bot', this.job);
  }

  private async keepAlive(): Promise<void> {
    const limitMs = this.config.execution.tickDeadlineSeconds * 1000 + HUNG_AFTER_MS;
    try {
      if ((this.loop?.runningForMs ?? 0) > limitMs) throw new Error(`A tick has been running for more than ${limitMs / 1000} s: it hangs`);
      this.beat('running');
      this.onlookers.beat(this.clock.now());
      await this.open?.ledger.lease.renew(this.clock.now());
    } catch (error) {
      // A disk that is full or locked for a moment may be better at the next beat; the lease lasts for several.
      if (!this.ended && !(error instanceof LedgerError && this.open?.ledger.database.fault === null)) await this.fail(error);
    }
  }

  private report(report: TickReport): void {
    this.lastReport = report;
    this.onlookers.report(report);
    // What the gates looked at is kept in the ledger, where `why` tells it.
    this.log[levelOf(report)](this.options.terminal ? lineOf(report) : { line: lineOf(report), ...jsonOf({ ...report, gates: [] }) });
    this.beat('running');
  }

  private beat(phase: ServicePhase): void {
    const { config, strategy, lastReport, startedAt } = this;
    const { botId, executionMode: mode, symbol, timeframe, storage } = config;
    const beat: Heartbeat = {
      pid: process.pid,
      phase,
      at: this.clock.now(),
      startedAt,
      botId,
      mode,
      market: `${symbol} ${timeframe}`,
      strategy: strategy.name,
      level: lastReport?.level ?? null,
      lastTick: lastReport === null ? null : lastTickOf(lastReport),
      nextTickAt: this.job?.nextDate().toMillis() ?? null,
    };
    try {
      replaceFile(join(storage.dataDir, HEARTBEAT_FILE), [heartbeatText(beat)]);
    } catch (error) {
      if (!(error instanceof StorageError)) throw error;
      this.log.warn(`The heartbeat could not be written: ${error.message}`);
    }
  }

  private introduce({ origin, ledger }: OpenBot): void {
    const { config, strategy } = this;
    const { botId, executionMode, symbol, timeframe, schedule, storage, exchange } = config;
    const when = this.options.intervalSeconds === null ? `${schedule.delaySeconds} s after each close` : `every ${this.options.intervalSeconds} s`;
    this.log.log(`${botId} trades ${symbol} ${timeframe} by ${strategy.name} ${JSON.stringify(strategy.params)}${strategy.sha256 === undefined ? '' : ` (${config.strategy.path}, SHA-256 ${strategy.sha256})`}, looking ${when}; ledger in ${storage.dataDir}`);
    const { created, migrated, backup } = ledger.opening;
    if (created) this.log.log(`A new ledger was made at ${shortTime(this.clock.now())}`);
    if (migrated.length > 0) this.log.warn(`The ledger was brought up to date (${migrated.join(', ')}); backup before it: ${backup?.path ?? 'none'}`);
    if (executionMode === 'live') this.log.warn(`LIVE: orders go to ${origin ?? exchange.id} (${exchange.environment})${exchange.environment === 'production' ? ' and move real money' : ''}`);
    else this.log.log('Paper: orders are filled in the ledger only');
  }
}
