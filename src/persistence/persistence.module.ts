import { Module } from '@nestjs/common';

import { LedgersService } from './ledgers.service.js';

/**
 * The ledger. Opening it takes the lock of its folder, so nothing here does that when the application is put together: whoever trades opens it
 * (`LedgersService`), and who only asks goes through `read-ledger.ts`, beside a bot that may be writing.
 */
@Module({ providers: [LedgersService], exports: [LedgersService] })
export class PersistenceModule {}
