import { Module } from '@nestjs/common';

import { DataModule } from '../data/data.module.js';
import { StrategyModule } from '../strategy/strategy.module.js';
import { ProofCandlesService } from './proof-candles.service.js';

@Module({
  imports: [DataModule, StrategyModule],
  providers: [ProofCandlesService],
  exports: [ProofCandlesService],
})
export class VerifyModule {}
