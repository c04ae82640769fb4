import { Module } from '@nestjs/common';

import { ConfigModule } from '../config/config.module.js';
import { DataModule } from '../data/data.module.js';
import { ExchangeModule } from '../exchange/exchange.module.js';
import { PersistenceModule } from '../persistence/persistence.module.js';
import { DesksService } from './desks.service.js';

/**
 * How orders are carried out. Paper or live is chosen in one place, `open-account.ts`, when an account is opened and not when the
 * application is put together: nothing of a real account is touched before the lock is ours.
 */
@Module({
  imports: [ConfigModule, DataModule, ExchangeModule, PersistenceModule],
  providers: [DesksService],
  exports: [DesksService],
})
export class ExecutionModule {}
