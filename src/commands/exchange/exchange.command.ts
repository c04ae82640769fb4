import { Command } from 'nest-commander';

import { ConfigError } from '../../domain/errors.js';
import { BaseCommand } from '../base.command.js';
import { ExchangeCheckCommand } from './check.command.js';

export const EXCHANGE_COMMANDS = [ExchangeCheckCommand];

@Command({ name: 'exchange', description: 'Look at the exchange and the account on it.', allowExcessArgs: true, subCommands: EXCHANGE_COMMANDS })
export class ExchangeCommand extends BaseCommand {
  async run([verb]: string[]): Promise<void> {
    throw new ConfigError([{ path: 'exchange', message: `needs one of: check${verb === undefined ? '' : `, was ${verb}`}` }], 'Unknown command');
  }
}
