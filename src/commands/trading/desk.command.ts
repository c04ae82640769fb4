import { Injectable } from '@nestjs/common';
import { LazyModuleLoader } from '@nestjs/core';

import { ConfigLoader } from '../../config/config-loader.service.js';
import type { Clock } from '../../domain/clock.js';
import type { TradingDesk } from '../../execution/open-desk.js';
import { SystemClock } from '../../system-clock.js';
import { configFileOf } from '../data/data-flags.js';
import { LedgerCommand } from '../ledger/ledger-base.command.js';
import type { Options } from '../ledger/ledger-flags.decorator.js';
import { givenFlags } from '../setting-flags.decorator.js';
import { BOT_FLAGS } from './operator-flags.js';

/** Works on the account and the ledger themselves, in the place of a bot that is not running. */
@Injectable()
export abstract class DeskCommand extends LedgerCommand {
  protected readonly clock: Clock = new SystemClock();

  constructor(
    configs: ConfigLoader,
    private readonly modules: LazyModuleLoader,
  ) {
    super(configs);
  }

  /** Database and exchange are loaded here, and not before. @throws InstanceLocked while a service has the ledger */
  protected async atDesk<T>(options: Options, work: (desk: TradingDesk) => Promise<T>): Promise<T> {
    const { config } = this.configs.load(givenFlags(BOT_FLAGS, options), configFileOf(options));
    const [{ ExecutionModule }, { DesksService }] = await Promise.all([import('../../execution/execution.module.js'), import('../../execution/desks.service.js')]);
    const desk = await (await this.modules.load(() => ExecutionModule)).get(DesksService).open(config, this.clock);
    try {
      return await work(desk);
    } finally {
      await desk.close();
    }
  }
}
