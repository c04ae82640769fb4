import { Module, type DynamicModule } from '@nestjs/common';

import { ScheduleModule } from './schedule/schedule.module.js';
import type { ServiceOptions } from './schedule/service-options.js';

/** The service's root. */
@Module({})
export class AppModule {
  static with(options: ServiceOptions): DynamicModule {
    return { module: AppModule, imports: [ScheduleModule.with(options)] };
  }
}
