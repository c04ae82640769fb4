import { SubCommand } from 'nest-commander';

import { ConfigError, SafetyHalt } from '../../domain/errors.js';
import { UNRESOLVED_STATES } from '../../domain/order.js';
import { CONFIG_FLAG, JSON_FLAG, LedgerFlags, type Options } from '../ledger/ledger-flags.decorator.js';
import { SettingFlags } from '../setting-flags.decorator.js';
import { DeskCommand } from './desk.command.js';
import { BOT_FLAGS } from './operator-flags.js';
import { orderJson, settledText } from './reconciliation-text.js';

@SubCommand({ name: 'resolve', description: 'Find out what became of orders that nobody heard of: looks them up, and waits until their absence is certain. Places no order.' })
@SettingFlags(BOT_FLAGS)
@LedgerFlags([JSON_FLAG, CONFIG_FLAG])
export class OrdersResolveCommand extends DeskCommand {
  async run(_args: string[], own: Options): Promise<void> {
    const options = this.given(own);
    const { resolveOrders } = await import('../../execution/resolve-orders.js');
    await this.atDesk(options, async (desk) => {
      const orders = await resolveOrders(desk, this.clock, (text) => this.say(text));
      this.print(options['json'] === true ? JSON.stringify(orders.map(orderJson), null, 2) : settledText(orders));
      const left = orders.filter(({ state }) => UNRESOLVED_STATES.includes(state));
      if (left.length > 0) throw new SafetyHalt('RECONCILE.UNRESOLVED', `What became of ${left.map(({ clientOrderId }) => clientOrderId).join(', ')} is still not known, and nothing is sent meanwhile. Look at the orders of the account on the exchange, and try again`);
    });
  }

  /** The parser gives a flag that `orders` has, too, to `orders`, wherever it stands. @throws ConfigError for one that only `orders` has */
  private given(own: Options): Options {
    const listing = this.command.parent?.opts<Options>() ?? {};
    const known = this.command.options.map((option) => option.attributeName());
    const strange = Object.keys(listing).filter((name) => listing[name] !== undefined && !known.includes(name));
    if (strange.length > 0) throw new ConfigError(strange.map((name) => ({ path: `--${name}`, message: 'narrows the list of `orders`; `orders resolve` looks at every order of unknown outcome' })), 'Cannot use these flags');
    return { ...listing, ...own };
  }
}
