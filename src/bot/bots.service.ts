import { Injectable } from '@nestjs/common';

import type { BotConfig } from '../config/bot-config.js';
import type { Clock } from '../domain/clock.js';
import { DesksService } from '../execution/desks.service.js';
import { LedgersService } from '../persistence/ledgers.service.js';
import { StrategyRegistry } from '../strategy/strategy.registry.js';
import type { BoundStrategy } from '../strategy/trading-strategy.js';
import { openBot, type OpenBot } from './open-bot.js';

/** Opens the bot that the settings describe. */
@Injectable()
export class BotsService {
  constructor(
    private readonly strategies: StrategyRegistry,
    private readonly desks: DesksService,
    private readonly ledgers: LedgersService,
  ) {}

  /** @throws StrategyError */
  strategyOf({ strategy, timeframe }: BotConfig): BoundStrategy {
    return this.strategies.bindConfigured(strategy, timeframe);
  }

  /** @throws what `openBot` throws; then nothing was sent */
  async open(config: BotConfig, clock: Clock): Promise<OpenBot> {
    const strategy = this.strategyOf(config);
    return openBot({ ...this.desks.needs(config, clock), strategy, openLedger: () => this.ledgers.open(config, clock.now()), random: Math.random });
  }
}
