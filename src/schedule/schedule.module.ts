import { Module, type DynamicModule } from '@nestjs/common';
import { ScheduleModule as NestScheduleModule } from '@nestjs/schedule';

import { BotModule } from '../bot/bot.module.js';
import { ConfigModule } from '../config/config.module.js';
import { BotScheduler } from './bot-scheduler.service.js';
import { Onlookers } from './onlookers.service.js';
import { ServiceOptions } from './service-options.js';

/** The clockwork. Importing it starts the service: no command but `run` may. */
@Module({})
export class ScheduleModule {
  static with(options: ServiceOptions): DynamicModule {
    return {
      module: ScheduleModule,
      imports: [NestScheduleModule.forRoot(), ConfigModule, BotModule],
      providers: [{ provide: ServiceOptions, useValue: options }, Onlookers, BotScheduler],
      exports: [BotScheduler],
    };
  }
}
