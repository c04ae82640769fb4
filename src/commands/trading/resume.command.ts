import { randomUUID } from 'node:crypto';

import { Command } from 'nest-commander';

import { configFileOf } from '../data/data-flags.js';
import { LedgerFlags, type Options } from '../ledger/ledger-flags.decorator.js';
import { LedgerCommand } from '../ledger/ledger-base.command.js';
import { givenFlags, SettingFlags } from '../setting-flags.decorator.js';
import { BOT_FLAGS, REASON_FLAGS, reasonOf } from './operator-flags.js';
import { changeStates, operatorFiles, readMemory } from './operator-ledger.js';

@Command({ name: 'resume', description: 'Let the bot trade again after a halt: takes the kill switch back, and counts losses, errors and crashes anew.' })
@SettingFlags(BOT_FLAGS)
@LedgerFlags([{ flags: '--exits-only', help: 'Let it get out of what it holds, and buy nothing (REDUCING).' }, ...REASON_FLAGS])
export class ResumeCommand extends LedgerCommand {
  async run(_args: string[], options: Options): Promise<void> {
    const { config } = this.configs.load(givenFlags(BOT_FLAGS, options), configFileOf(options));
    const exitsOnly = options['exitsOnly'] === true;
    const reason = `operator: ${reasonOf(options)}`;
    const nowMs = Date.now();
    const files = operatorFiles(config);
    if (files.clear()) this.print(`Kill switch taken back: ${files.killFile}`);
    const { KILL_SWITCH_VARIABLE } = await import('../../risk/kill-switch.js');
    const variable = process.env[KILL_SWITCH_VARIABLE] ?? '';
    if (variable !== '') this.say(`${KILL_SWITCH_VARIABLE} is "${variable}" in this environment: a service that has it too halts again, unless it says 0`);
    const bot = `${config.botId} (${config.executionMode})`;
    const now = exitsOnly ? 'REDUCING: it sells what it holds, and buys nothing' : 'ACTIVE';
    const reached = await changeStates(config, nowMs, (states) => states.resume(nowMs, reason, { exitsOnly }));
    if (reached.kind === 'in_use') {
      const { level, code, since } = await readMemory(config);
      files.requestResume({ id: randomUUID(), answers: level === 'ACTIVE' ? null : since, reason, exitsOnly });
      this.print(`A service has the ledger, where ${bot} is ${level}${code === null || level === 'ACTIVE' ? '' : ` (${code})`}: it was asked to become ${now}, and does so at its next look`);
    } else if (reached.kind === 'none') this.print('There is no ledger yet: there was nothing to resume');
    else if (reached.before.level === 'ACTIVE') this.print(`${bot} was ACTIVE already, and is ${now}. Losses, errors and crashes count anew`);
    else this.print(`${bot} was ${reached.before.level} (${reached.before.code}: ${reached.before.reason}) and is ${now}. Losses, errors and crashes count anew`);
  }
}
