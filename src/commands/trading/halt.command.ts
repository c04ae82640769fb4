import { Command } from 'nest-commander';

import { isoTime } from '../../domain/instant.js';
import { configFileOf } from '../data/data-flags.js';
import { LedgerFlags, type Options } from '../ledger/ledger-flags.decorator.js';
import { LedgerCommand } from '../ledger/ledger-base.command.js';
import { givenFlags, SettingFlags } from '../setting-flags.decorator.js';
import { BOT_FLAGS, REASON_FLAGS, reasonOf } from './operator-flags.js';
import { changeStates, operatorFiles } from './operator-ledger.js';

@Command({ name: 'halt', description: 'Stop all orders, now and until `resume`: also while the service runs, and also if it does not.' })
@SettingFlags(BOT_FLAGS)
@LedgerFlags(REASON_FLAGS)
export class HaltCommand extends LedgerCommand {
  async run(_args: string[], options: Options): Promise<void> {
    const { config } = this.configs.load(givenFlags(BOT_FLAGS, options), configFileOf(options));
    const reason = reasonOf(options);
    const nowMs = Date.now();
    // The file first: whatever happens to the rest of this, nothing is sent while it stands there.
    const files = operatorFiles(config);
    files.kill(`halted by an operator at ${isoTime(nowMs)}: ${reason}`);
    this.print(`Kill switch thrown: ${files.killFile}. No order is sent while it exists`);
    const reached = await changeStates(config, nowMs, (states) => states.halt('RISK.OPERATOR', reason, nowMs, { by: 'operator' }));
    const bot = `${config.botId} (${config.executionMode})`;
    if (reached.kind === 'in_use') this.print(`A service has the ledger: it reads the switch before every order, and writes down that it is HALTED at its next look`);
    else if (reached.kind === 'none') this.print('There is no ledger yet, so no state was written; a bot that starts here finds the switch');
    else if (reached.before.level === 'HALTED') this.print(`${bot} was HALTED already, since ${isoTime(reached.before.since ?? 0)} (${reached.before.code}: ${reached.before.reason})`);
    else this.print(`${bot} is HALTED, and stays so over restarts. \`resume\` ends it`);
  }
}
