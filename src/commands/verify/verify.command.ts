import { Command } from 'nest-commander';

import { ConfigError } from '../../domain/errors.js';
import { BaseCommand } from '../base.command.js';
import { VerifyCausalityCommand } from './causality.command.js';
import { VerifyParityCommand } from './parity.command.js';
import { VerifyWarmupCommand } from './warmup.command.js';

export const VERIFY_COMMANDS = [VerifyCausalityCommand, VerifyWarmupCommand, VerifyParityCommand];

@Command({ name: 'verify', description: 'Proofs: that a strategy knows no future, needs no more past than it says, and that backtest and bot agree.', allowExcessArgs: true, subCommands: VERIFY_COMMANDS })
export class VerifyCommand extends BaseCommand {
  async run([verb]: string[]): Promise<void> {
    throw new ConfigError([{ path: 'verify', message: `needs one of: causality, warmup, parity${verb === undefined ? '' : `, was ${verb}`}` }], 'Unknown command');
  }
}
