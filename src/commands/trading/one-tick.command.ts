import { Injectable } from '@nestjs/common';
import { LazyModuleLoader } from '@nestjs/core';

import type { OpenBot } from '../../bot/open-bot.js';
import type { TickReport } from '../../bot/tick-report.js';
import { ConfigLoader } from '../../config/config-loader.service.js';
import { BaseCommand } from '../base.command.js';
import { configFileOf } from '../data/data-flags.js';
import type { Options } from '../ledger/ledger-flags.decorator.js';
import { givenFlags } from '../setting-flags.decorator.js';
import { BOT_FLAGS } from './operator-flags.js';

const FAILED = 1;
const REFUSED_BY_SAFETY = 3;

/** A command that opens the bot, does one thing with it, and gives it back. Database and exchange library are loaded when it runs. */
@Injectable()
export abstract class OneTickCommand extends BaseCommand {
  constructor(
    private readonly configs: ConfigLoader,
    private readonly modules: LazyModuleLoader,
  ) {
    super();
  }

  protected async withBot(options: Options, work: (open: OpenBot, nowMs: number) => Promise<TickReport>): Promise<void> {
    const { config } = this.configs.load(givenFlags(BOT_FLAGS, options), configFileOf(options));
    const [{ BotModule }, { BotsService }, { SystemClock }, { jsonOf, lineOf }] = await Promise.all([import('../../bot/bot.module.js'), import('../../bot/bots.service.js'), import('../../system-clock.js'), import('../../bot/tick-report.js')]);
    const clock = new SystemClock();
    const open = await (await this.modules.load(() => BotModule)).get(BotsService).open(config, clock);
    let end: 'clean' | 'fault' = 'fault';
    try {
      const report = await work(open, clock.now());
      end = 'clean';
      this.print(options['json'] === true ? JSON.stringify(jsonOf(report), null, 2) : lineOf(report));
      process.exitCode = exitCodeOf(report);
    } finally {
      await open.close(end, clock.now());
    }
  }
}

/** Halted, or kept from looking at anything: whoever started it has to know. A refusal of one order is a decision like any other. */
function exitCodeOf({ level, outcome, findings }: TickReport): number {
  if (level === 'HALTED' || findings.some(({ stops }) => stops === 'halt' || stops === 'no_orders')) return REFUSED_BY_SAFETY;
  return outcome === 'skipped' ? FAILED : 0;
}
