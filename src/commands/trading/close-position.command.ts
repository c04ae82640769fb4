import { Command } from 'nest-commander';

import { ConfigError } from '../../domain/errors.js';
import { CONFIG_FLAG, JSON_FLAG, LedgerFlags, type Options } from '../ledger/ledger-flags.decorator.js';
import { SettingFlags } from '../setting-flags.decorator.js';
import { OneTickCommand } from './one-tick.command.js';
import { BOT_FLAGS } from './operator-flags.js';

@Command({ name: 'close-position', description: 'Sell what the bot holds on its market, now, whatever the strategy says. The service must not be running; the strategy may buy again afterwards.' })
@SettingFlags(BOT_FLAGS)
@LedgerFlags([{ flags: '--yes', help: 'Required: this sends an order.' }, JSON_FLAG, CONFIG_FLAG])
export class ClosePositionCommand extends OneTickCommand {
  async run(_args: string[], options: Options): Promise<void> {
    if (options['yes'] !== true) throw new ConfigError([{ path: '--yes', message: 'is required: this sells everything that the bot holds on its market' }], 'Nothing was done');
    await this.withBot(options, ({ bot }, nowMs) => bot.closePosition(nowMs));
  }
}
