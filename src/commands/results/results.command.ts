import { Command } from 'nest-commander';

import { ConfigError } from '../../domain/errors.js';
import { BaseCommand } from '../base.command.js';
import { ResultsCompareCommand } from './compare.command.js';
import { ResultsListCommand } from './list.command.js';
import { ResultsReplayCommand } from './replay.command.js';
import { ResultsShowCommand } from './show.command.js';

export const RESULTS_COMMANDS = [ResultsListCommand, ResultsShowCommand, ResultsCompareCommand, ResultsReplayCommand];

@Command({ name: 'results', description: 'List, show, compare and replay saved results.', allowExcessArgs: true, subCommands: RESULTS_COMMANDS })
export class ResultsCommand extends BaseCommand {
  async run([verb]: string[]): Promise<void> {
    throw new ConfigError([{ path: 'results', message: `needs one of: list, show, compare, replay${verb === undefined ? '' : `, was ${verb}`}` }], 'Unknown command');
  }
}
