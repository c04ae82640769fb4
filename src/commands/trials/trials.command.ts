import { Command } from 'nest-commander';

import { ConfigError } from '../../domain/errors.js';
import { BaseCommand } from '../base.command.js';
import { TrialsListCommand } from './list.command.js';
import { TrialsResetCommand } from './reset.command.js';

export const TRIALS_COMMANDS = [TrialsListCommand, TrialsResetCommand];

@Command({ name: 'trials', description: 'How often each strategy was tried on each market, which is what luck is measured against.', allowExcessArgs: true, subCommands: TRIALS_COMMANDS })
export class TrialsCommand extends BaseCommand {
  async run([verb]: string[]): Promise<void> {
    throw new ConfigError([{ path: 'trials', message: `needs one of: list, reset${verb === undefined ? '' : `, was ${verb}`}` }], 'Unknown command');
  }
}
