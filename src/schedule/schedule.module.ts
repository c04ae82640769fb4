import { Module } from '@nestjs/common';
import { ScheduleModule as NestScheduleModule } from '@nestjs/schedule';

import { ConfigModule } from '../config/config.module.js';
import { DataModule } from '../data/data.module.js';
import { StrategyModule } from '../strategy/strategy.module.js';
import { SignalWatchService } from './signal-watch.service.js';

@Module({
  imports: [NestScheduleModule.forRoot(), ConfigModule, StrategyModule, DataModule],
  providers: [SignalWatchService],
})
export class ScheduleModule {}
