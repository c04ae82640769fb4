import { Module } from '@nestjs/common';

import { ScheduleModule } from './schedule/schedule.module.js';

/** The service's root. */
@Module({ imports: [ScheduleModule] })
export class AppModule {}
