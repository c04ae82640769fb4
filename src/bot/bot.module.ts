import { Module } from '@nestjs/common';

import { ExecutionModule } from '../execution/execution.module.js';
import { PersistenceModule } from '../persistence/persistence.module.js';
import { StrategyModule } from '../strategy/strategy.module.js';
import { BotsService } from './bots.service.js';

/** The bot, without the clock that wakes it. */
@Module({
  imports: [StrategyModule, ExecutionModule, PersistenceModule],
  providers: [BotsService],
  exports: [BotsService],
})
export class BotModule {}
