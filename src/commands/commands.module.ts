import { Module, type DynamicModule } from '@nestjs/common';

import { ConfigModule } from '../config/config.module.js';
import { StrategyModule } from '../strategy/strategy.module.js';
import type { CommandGroup } from './command-groups.js';
import { ServiceStarter } from './trading/service-starter.js';

/** The command line's root: the service's rooms without the schedule, which a command must never start. */
@Module({})
export class CommandsModule {
  /** @param starter how `run` starts the service, which stands beside the commands */
  static with({ commands, modules }: CommandGroup, starter: ServiceStarter): DynamicModule {
    return { module: CommandsModule, imports: [ConfigModule, StrategyModule, ...modules], providers: [{ provide: ServiceStarter, useValue: starter }, ...commands] };
  }
}
