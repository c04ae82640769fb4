import { Module } from '@nestjs/common';

import { DataModule } from '../data/data.module.js';
import { StrategyModule } from '../strategy/strategy.module.js';
import { BacktesterService } from './backtester.service.js';
import { ReplayerService } from './replayer.service.js';

@Module({
  imports: [DataModule, StrategyModule],
  providers: [BacktesterService, ReplayerService],
  exports: [BacktesterService, ReplayerService],
})
export class BacktestModule {}
