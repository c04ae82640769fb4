import { Command } from 'nest-commander';

import { ConfigError } from '../../domain/errors.js';
import { BaseCommand } from '../base.command.js';
import { StrategyNewCommand } from './new.command.js';

export const STRATEGY_COMMANDS = [StrategyNewCommand];

@Command({ name: 'strategy', description: 'Make a strategy of your own.', allowExcessArgs: true, subCommands: STRATEGY_COMMANDS })
export class StrategyCommand extends BaseCommand {
  async run([verb]: string[]): Promise<void> {
    throw new ConfigError([{ path: 'strategy', message: `needs: new${verb === undefined ? '' : `, was ${verb}`}` }], 'Unknown command');
  }
}
