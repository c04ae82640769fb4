import { Injectable, Logger } from '@nestjs/common';
import { LazyModuleLoader } from '@nestjs/core';

import type { TickReport } from '../bot/tick-report.js';
import type { BotConfig } from '../config/bot-config.js';
import { httpToken } from '../config/http-access.js';
import type { Clock } from '../domain/clock.js';
import { describeFailure } from '../domain/failure.js';
import { timeframeMs } from '../domain/timeframe.js';
import { startNotice, stopNotice, summaryNotice } from '../notify/events.js';
import { Messenger } from '../notify/messenger.js';
import type { Teller } from '../notify/notice.js';
import { openChannels } from '../notify/open-channels.js';
import type { TradeRepository } from '../persistence/repositories/trade-repository.js';
import type { BoundStrategy } from '../strategy/trading-strategy.js';
import { SystemClock } from '../system-clock.js';
import { nextSummaryAt, summaryOf } from './day-summary.js';
import { HealthServer } from './health-server.js';
import type { Metrics } from './metrics.js';
import { StatusBoard } from './status-board.js';
import { TickNotices } from './tick-notices.js';

export interface WatchedService {
  readonly config: BotConfig;
  readonly strategy: Pick<BoundStrategy, 'name' | 'version'>;
  /** Ticks come so many seconds apart instead of with the candles; null: with the candles. */
  readonly intervalSeconds: number | null;
  /** Share of the exchange's limit that is used, out of memory. */
  readonly weightUsed: () => number | null;
}

/** ms that messages may still take when the service ends: a container is given ten seconds, and the tick has had most of them. */
const FAREWELL_MS = 1500;

/**
 * Those who look at the service and have no say in it: receivers of messages, health, metrics. Nothing that happens here reaches a tick. What
 * is turned off is not loaded.
 */
@Injectable()
export class Onlookers {
  private readonly log = new Logger('Onlookers');
  private readonly clock: Clock = new SystemClock();
  private watched: WatchedService | null = null;
  private teller: Teller;
  private messenger: Messenger | null = null;
  private notices: TickNotices | null = null;
  private board: StatusBoard | null = null;
  private metrics: Metrics | null = null;
  private server: HealthServer | null = null;
  private trades: Pick<TradeRepository, 'pnl' | 'positions'> | null = null;
  private summaryAt = Infinity;
  private seen = { ticks: 0, skipped: 0 };
  private level: TickReport['level'] = 'ACTIVE';

  constructor(private readonly modules: LazyModuleLoader) {}

  /**
   * Before the bot is opened: what is missing refuses the start, and nothing has been sent.
   *
   * @throws ConfigError
   */
  async open(watched: WatchedService): Promise<void> {
    const { botId, executionMode, symbol, timeframe, notifications } = watched.config;
    this.watched = watched;
    this.teller = { botId, mode: executionMode, market: `${symbol} ${timeframe}` };
    const channels = openChannels(notifications, process.env);
    if (channels.length > 0) {
      this.messenger = new Messenger({ channels, events: notifications.events, startTimer: startSystemTimer, random: Math.random, onTrouble: (words) => this.log.warn(words) });
      this.notices = new TickNotices(this.teller, notifications.errorBurst);
      this.log.log(`Messages go to: ${channels.map(({ name }) => name).join(', ')}`);
    }
    await this.listen(watched);
  }

  /** The service runs. */
  started(trades: Pick<TradeRepository, 'pnl' | 'positions'>, nowMs: number): void {
    if (this.messenger === null || this.watched === null) return;
    const { config, strategy } = this.watched;
    this.trades = trades;
    this.summaryAt = nextSummaryAt(nowMs, config.notifications.summaryHour);
    const live = config.executionMode === 'live' && config.exchange.environment === 'production';
    this.messenger.tell(startNotice(this.teller, nowMs, { strategy: strategy.name, version: strategy.version, live }));
  }

  report(report: TickReport): void {
    try {
      this.board?.see(report);
      this.metrics?.see(report);
      this.seen = { ticks: this.seen.ticks + 1, skipped: this.seen.skipped + Number(report.outcome === 'skipped') };
      this.level = report.level;
      for (const notice of this.notices?.of(report) ?? []) this.messenger?.tell(notice);
    } catch (error) {
      this.log.error(`A tick could not be shown to those who look: ${describeFailure(error).text}`);
    }
  }

  /** Called every few seconds. */
  beat(nowMs: number): void {
    if (this.messenger !== null && nowMs >= this.summaryAt) void this.sumUp(nowMs);
  }

  /** The bot could not be opened: nobody is told, for whatever starts it again would do so for ever. */
  async dismiss(): Promise<void> {
    await Promise.all([this.messenger?.close(0), this.server?.close()]);
  }

  /** Never throws. @param fault in words, where one ends the service */
  async close(fault: string | null, nowMs: number): Promise<void> {
    try {
      this.board?.stop();
      this.messenger?.tell(stopNotice(this.teller, nowMs, fault));
      await Promise.all([this.messenger?.close(FAREWELL_MS), this.server?.close()]);
    } catch (error) {
      this.log.error(`Those who look could not be told that it ends: ${describeFailure(error).text}`);
    }
  }

  private async sumUp(nowMs: number): Promise<void> {
    const { trades, watched, seen, level } = this;
    if (trades === null || watched === null) return;
    const { botId, executionMode: mode, notifications } = watched.config;
    this.summaryAt = nextSummaryAt(nowMs, notifications.summaryHour);
    this.seen = { ticks: 0, skipped: 0 };
    try {
      this.messenger?.tell(summaryNotice(this.teller, nowMs, await summaryOf(trades, { botId, mode }, nowMs, { ...seen, level })));
    } catch (error) {
      this.log.warn(`The day could not be summed up: ${describeFailure(error).text}`);
    }
  }

  private async listen({ config, strategy, intervalSeconds, weightUsed }: WatchedService): Promise<void> {
    const { enabled, host, port, name = null } = config.http;
    if (!enabled) return;
    const token = httpToken(config.http, process.env);
    const everyMs = (intervalSeconds === null ? timeframeMs(config.timeframe) : intervalSeconds * 1000) + (config.schedule.delaySeconds + config.execution.tickDeadlineSeconds) * 1000;
    const board = new StatusBoard(this.clock, everyMs);
    const [{ Metrics }, { HealthModule }, { HealthService }] = await Promise.all([import('./metrics.js'), import('./health.module.js'), import('./health.service.js')]);
    const health = (await this.modules.load(() => HealthModule, { logger: false })).get(HealthService);
    const metrics = new Metrics({ teller: this.teller, strategy: strategy.name, board, weightUsed, pendingMessages: () => this.messenger?.pending ?? 0 });
    this.server = new HealthServer({
      host,
      port,
      name,
      token,
      health: () => health.status(board),
      metrics: async () => ({ contentType: metrics.contentType, text: await metrics.text() }),
    });
    const listening = await this.server.listen();
    this.board = board;
    this.metrics = metrics;
    this.log.log(`Health and metrics on http://${host.includes(':') ? `[${host}]` : host}:${listening}${token === null ? ', for this machine' : ', with a token'}`);
  }
}

function startSystemTimer(ms: number, work: () => void): { cancel(): void } {
  const timer = setTimeout(work, ms);
  return { cancel: () => clearTimeout(timer) };
}
