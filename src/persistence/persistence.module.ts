import { Inject, Injectable, Module, type OnApplicationShutdown } from '@nestjs/common';

import { ConfigLoader } from '../config/config-loader.service.js';
import { ConfigModule } from '../config/config.module.js';
import { LedgerDatabase } from './ledger-database.js';
import { Ledger, openLedger } from './open-ledger.js';
import { BotStateRepository } from './repositories/bot-state-repository.js';
import { FillRepository } from './repositories/fill-repository.js';
import { OrderRepository } from './repositories/order-repository.js';
import { SignalRepository } from './repositories/signal-repository.js';
import { TradeRepository } from './repositories/trade-repository.js';

/** Gives lease and lock back when the service ends. */
@Injectable()
class LedgerCloser implements OnApplicationShutdown {
  constructor(@Inject(Ledger) private readonly ledger: Ledger) {}

  async onApplicationShutdown(): Promise<void> {
    await this.ledger.close();
  }
}

const REPOSITORIES = [SignalRepository, OrderRepository, FillRepository, BotStateRepository];

/**
 * The ledger for the service. Importing it takes the instance lock of the data folder: a command must ask through `read-ledger.ts`
 * instead.
 */
@Module({
  imports: [ConfigModule],
  providers: [
    {
      provide: Ledger,
      inject: [ConfigLoader],
      useFactory: (configs: ConfigLoader): Promise<Ledger> => {
        const { botId, storage } = configs.load().config;
        return openLedger({ dataDir: storage.dataDir, botId, nowMs: Date.now() });
      },
    },
    { provide: LedgerDatabase, inject: [Ledger], useFactory: ({ database }: Ledger): LedgerDatabase => database },
    ...REPOSITORIES.map((repository) => ({ provide: repository, inject: [LedgerDatabase], useFactory: (database: LedgerDatabase): object => new repository(database) })),
    { provide: TradeRepository, inject: [LedgerDatabase], useFactory: (database: LedgerDatabase): TradeRepository => new TradeRepository(database) },
    LedgerCloser,
  ],
  exports: [Ledger, LedgerDatabase, ...REPOSITORIES, TradeRepository],
})
export class PersistenceModule {}
