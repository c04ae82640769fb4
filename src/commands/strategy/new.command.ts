import { SubCommand } from 'nest-commander';

import { StrategyRegistry } from '../../strategy/strategy.registry.js';
import { BaseCommand } from '../base.command.js';
import { LedgerFlags, type Options } from '../ledger/ledger-flags.decorator.js';

@SubCommand({ name: 'new', arguments: '<name>', description: 'Write a small strategy that works, with comments, to begin from: into this source with its test, or with --dir into a folder of your own.' })
@LedgerFlags([{ flags: '--dir <folder>', help: 'A folder of your own strategies, for the setting strategy.path; nothing has to be built.' }])
export class StrategyNewCommand extends BaseCommand {
  constructor(private readonly registry: StrategyRegistry) {
    super();
  }

  async run([name]: string[], options: Options): Promise<void> {
    const { writeStrategy } = await import('./write-strategy.js');
    const folder = typeof options['dir'] === 'string' ? options['dir'] : null;
    this.print(writeStrategy(name, folder, this.registry.names()).join('\n'));
  }
}
