import { Command } from 'nest-commander';

import { ConfigError } from '../../domain/errors.js';
import { BaseCommand } from '../base.command.js';
import { configFileOf } from '../data/data-flags.js';
import { CONFIG_FLAG, LedgerFlags, type Options } from '../ledger/ledger-flags.decorator.js';
import { givenFlags, SettingFlags, type SettingFlag } from '../setting-flags.decorator.js';
import { BOT_FLAGS } from './operator-flags.js';
import { ServiceStarter } from './service-starter.js';

const FLAGS: readonly SettingFlag[] = [...BOT_FLAGS, { flag: '--source', path: 'data.source', value: 'source' }];
const LONGEST_INTERVAL_S = 86_400;

@Command({ name: 'run', description: 'Run the bot in the foreground until it is told to stop (Ctrl-C): the service that looks after every close.' })
@SettingFlags(FLAGS)
@LedgerFlags([{ flags: '--interval <seconds>', help: 'Look so many seconds apart instead of at every close; for trying things out.' }, CONFIG_FLAG])
export class RunCommand extends BaseCommand {
  constructor(private readonly starter: ServiceStarter) {
    super();
  }

  async run(_args: string[], options: Options): Promise<void> {
    await this.starter.start({ flags: givenFlags(FLAGS, options), configFile: configFileOf(options), intervalSeconds: intervalOf(options['interval']) });
  }
}

function intervalOf(text: unknown): number | null {
  if (text === undefined) return null;
  const seconds = typeof text === 'string' && /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (seconds < 1 || seconds > LONGEST_INTERVAL_S) throw new ConfigError([{ path: '--interval', message: `must be a whole number of seconds from 1 to ${LONGEST_INTERVAL_S}, was ${JSON.stringify(text)}` }], 'Cannot use these flags');
  return seconds;
}
