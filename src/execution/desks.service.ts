import { Injectable } from '@nestjs/common';

import type { BotConfig } from '../config/bot-config.js';
import { ConfigLoader } from '../config/config-loader.service.js';
import { DataHandler } from '../data/data-handler.js';
import type { Clock } from '../domain/clock.js';
import { MarketClients } from '../exchange/market-client.js';
import { LedgersService } from '../persistence/ledgers.service.js';
import type { AccountNeeds } from './open-account.js';
import { openTradingDesk, type TradingDesk } from './open-desk.js';

/** Opens accounts by the settings: what belongs to them besides comes from the application. */
@Injectable()
export class DesksService {
  constructor(
    private readonly configs: ConfigLoader,
    private readonly data: DataHandler,
    private readonly markets: MarketClients,
    private readonly ledgers: LedgersService,
  ) {}

  /** Everything that an account is opened with. The keys are looked up when live trading asks for them, and not before. */
  needs(config: BotConfig, clock: Clock): AccountNeeds {
    const { data, markets, configs } = this;
    return { config, data, markets, env: process.env, credentials: () => configs.credentials(config.exchange.id), clock };
  }

  /** For an operator beside no running bot. @throws what `openTradingDesk` throws */
  async open(config: BotConfig, clock: Clock): Promise<TradingDesk> {
    return openTradingDesk({ ...this.needs(config, clock), openLedger: () => this.ledgers.open(config, clock.now(), false), random: Math.random });
  }
}
