import { Command } from 'nest-commander';

import { CONFIG_FLAG, JSON_FLAG, LedgerFlags, type Options } from '../ledger/ledger-flags.decorator.js';
import { SettingFlags } from '../setting-flags.decorator.js';
import { OneTickCommand } from './one-tick.command.js';
import { BOT_FLAGS } from './operator-flags.js';

@Command({ name: 'tick', description: 'Look once, as the service does after every close, and end: settle, decide, send at most one order.' })
@SettingFlags(BOT_FLAGS)
@LedgerFlags([JSON_FLAG, CONFIG_FLAG])
export class TickCommand extends OneTickCommand {
  async run(_args: string[], options: Options): Promise<void> {
    await this.withBot(options, ({ bot }, nowMs) => bot.runOnce(nowMs));
  }
}
