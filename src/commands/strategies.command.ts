import { Command, Option } from 'nest-commander';

import { paramTable, type ParamRow } from '../strategy/param-table.js';
import { StrategyRegistry } from '../strategy/strategy.registry.js';
import { BaseCommand } from './base.command.js';

@Command({ name: 'strategies', description: 'List the strategies and their parameters.' })
export class StrategiesCommand extends BaseCommand {
  constructor(private readonly registry: StrategyRegistry) {
    super();
  }

  async run(_args: string[], { json }: { json?: boolean }): Promise<void> {
    const strategies = this.registry.names().map((name) => {
      const { summary, version, params } = this.registry.get(name);
      return { name, summary, version, params: paramTable(params) };
    });
    if (json === true) this.print(JSON.stringify(strategies, null, 2));
    else this.print(strategies.map(({ name, summary, params }) => `${name}\n  ${summary}\n${params.map(describe).join('\n')}`).join('\n\n'));
  }

  @Option({ flags: '--json', description: 'Print JSON.' })
  readJson(): boolean {
    return true;
  }
}

function describe({ name, range, default: fallback, doc, law }: ParamRow): string {
  return `    ${name.padEnd(16)} ${range}${law === null ? '' : `, ${law}`}; default ${String(fallback)}\n    ${''.padEnd(16)} ${doc}`;
}
