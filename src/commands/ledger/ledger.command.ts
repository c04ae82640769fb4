import { Command } from 'nest-commander';

import { bookedExchange } from '../../config/booked-exchange.js';
import { ConfigError } from '../../domain/errors.js';
import { UNRESOLVED_STATES, WORKING_STATES, type OrderState } from '../../domain/order.js';
import type { ExportScope } from '../../persistence/export-ledger.js';
import { configFileOf } from '../data/data-flags.js';
import { givenFlags, SettingFlags } from '../setting-flags.decorator.js';
import { CONFIG_FLAG, filterOf, LEDGER_DIR, LedgerFlags, MODE_FLAG, type Options } from './ledger-flags.decorator.js';
import { LedgerCommand } from './ledger-base.command.js';
import { stream } from './stream.js';

const MOST_LISTED = 20;

/** Of one bot in one mode on one exchange, which are never put together. */
abstract class ScopedCommand extends LedgerCommand {
  protected scopeOf(options: Options): { readonly scope: ExportScope; readonly dataDir: string } {
    const { filter } = filterOf(options);
    const { config } = this.configs.load(givenFlags(LEDGER_DIR, options), configFileOf(options));
    const mode = filter.mode ?? config.executionMode;
    return { scope: { botId: config.botId, mode, exchange: bookedExchange(config, mode) }, dataDir: config.storage.dataDir };
  }
}

@Command({ name: 'ledger', description: 'Summarise the ledger of this bot, or export all of it as JSON.' })
@SettingFlags(LEDGER_DIR)
@LedgerFlags([{ flags: '--json', help: 'Export every order with its fills, what is held, and how every asset changed.' }, { ...MODE_FLAG, help: 'paper or live (default: the mode of the settings).' }, CONFIG_FLAG])
export class LedgerExportCommand extends ScopedCommand {
  async run(_args: string[], options: Options): Promise<void> {
    const { scope, dataDir } = this.scopeOf(options);
    const { exportLedger } = await import('../../persistence/export-ledger.js');
    await this.ask(dataDir, async ({ reader, orders, trades, fills }) => {
      if (options['json'] === true) {
        await reader.read((view) => stream(exportLedger(view, scope), process.stdout));
        return;
      }
      const open = await orders.list({ ...scope, states: [...UNRESOLVED_STATES, ...WORKING_STATES] satisfies OrderState[] }, { limit: MOST_LISTED, offset: 0 });
      const held = await trades.positions(scope);
      const [last] = await fills.list(scope, { limit: 1, offset: 0 });
      this.print(
        [
          `${scope.botId} ${scope.mode} on ${scope.exchange}`,
          ...held.map(({ symbol, holding, quantity, baseAsset, realised, quoteAsset }) => `  ${symbol}: ${holding}, ${quantity} ${baseAsset}; realised ${realised} ${quoteAsset}`),
          ...(held.length === 0 ? ['  nothing traded yet'] : []),
          ...open.map(({ symbol, side, quantity, state, clientOrderId }) => `  ! ${state} ${side} ${quantity} ${symbol} (${clientOrderId})`),
          ...(last === undefined ? [] : [`  last fill ${new Date(last.executedAt).toISOString()}: ${last.side} ${last.quantity} ${last.symbol} at ${last.price}`]),
        ].join('\n'),
      );
    });
  }
}

@Command({ name: 'decisions', description: 'Export every decision of this bot as JSON: the bar, the candle, what was decided and when.' })
@SettingFlags(LEDGER_DIR)
@LedgerFlags([{ flags: '--json', help: 'Required; `signals` shows them as a table.' }, { ...MODE_FLAG, help: 'paper or live (default: the mode of the settings).' }, CONFIG_FLAG])
export class DecisionsCommand extends ScopedCommand {
  async run(_args: string[], options: Options): Promise<void> {
    if (options['json'] !== true) throw new ConfigError([{ path: '--json', message: 'is required; `signals` shows decisions as a table' }], 'Cannot use these flags');
    const { scope, dataDir } = this.scopeOf(options);
    const { exportDecisions } = await import('../../persistence/export-decisions.js');
    await this.ask(dataDir, ({ reader }) => reader.read((view) => stream(exportDecisions(view, scope), process.stdout)));
  }
}
