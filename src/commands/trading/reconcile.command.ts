import { Command } from 'nest-commander';

import type { TradingDesk } from '../../execution/open-desk.js';
import type { Reconciliation } from '../../execution/reconciliation.js';
import { JSON_FLAG, LedgerFlags, type Options } from '../ledger/ledger-flags.decorator.js';
import { SettingFlags } from '../setting-flags.decorator.js';
import { DeskCommand } from './desk.command.js';
import { BOT_FLAGS, REASON_FLAGS, reasonOf } from './operator-flags.js';
import { reconciliationJson, reconciliationText } from './reconciliation-text.js';

/** As other commands end when a rule of safety stands against something. */
const REFUSED = 3;

@Command({ name: 'reconcile', description: 'Hold the ledger against the account: settle, book what is missing, and say what stands against trading. Places no order.' })
@SettingFlags(BOT_FLAGS)
@LedgerFlags([{ flags: '--accept', help: 'Take coins that left by hand out of the position, at their cost, after showing it.' }, JSON_FLAG, ...REASON_FLAGS])
export class ReconcileCommand extends DeskCommand {
  async run(_args: string[], options: Options): Promise<void> {
    await this.atDesk(options, async (desk) => {
      let state = await desk.reconciler.reconcile(this.clock.now());
      if (options['accept'] === true) state = await this.accept(desk, state, reasonOf(options));
      this.print(options['json'] === true ? JSON.stringify(reconciliationJson(desk.book, state), null, 2) : reconciliationText(desk.book, state));
      if (state.findings.some(({ stops }) => stops !== 'nothing')) process.exitCode = REFUSED;
    });
  }

  private async accept(desk: TradingDesk, state: Reconciliation, why: string): Promise<Reconciliation> {
    const { acceptMissing, missingCoins } = await import('../../execution/accept-missing.js');
    const { base, quote } = state.rules;
    const seen = missingCoins(state);
    this.say(`Taking ${seen.missing} ${base} out of the position of ${seen.held}: it becomes ${seen.there}, and what left goes at its cost, so that nothing is won or lost (${why})`);
    const { quantity, cost } = await acceptMissing(desk, seen, state.serverTime, why);
    this.say(`Written: ${quantity} ${base}, cost ${cost} ${quote}`);
    return desk.reconciler.reconcile(this.clock.now());
  }
}
