import { Module } from '@nestjs/common';

import { DataModule } from '../data/data.module.js';
import { StrategyModule } from '../strategy/strategy.module.js';
import { BacktesterService } from './backtester.service.js';

@Module({
  imports: [DataModule, StrategyModule],
  providers: [BacktesterService],
  exports: [BacktesterService],
})
export class BacktestModule {}
