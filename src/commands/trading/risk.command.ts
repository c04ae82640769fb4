import { Command, SubCommand } from 'nest-commander';

import { bookedExchange } from '../../config/booked-exchange.js';
import { rounded, toDecimal } from '../../domain/decimal.js';
import { ConfigError } from '../../domain/errors.js';
import { isoTime } from '../../domain/instant.js';
import type { GateReport } from '../../risk/dry-run.js';
import type { SwitchPosition } from '../../risk/kill-switch.js';
import { RISK_CODES, type RiskCode } from '../../risk/risk-codes.js';
import type { GateReading } from '../../risk/risk-types.js';
import { BaseCommand } from '../base.command.js';
import { configFileOf } from '../data/data-flags.js';
import { briefTime, table, type Column } from '../ledger/columns.js';
import { CONFIG_FLAG, JSON_FLAG, LedgerFlags, type Options } from '../ledger/ledger-flags.decorator.js';
import { LedgerCommand } from '../ledger/ledger-base.command.js';
import { givenFlags, SettingFlags } from '../setting-flags.decorator.js';
import { BOT_FLAGS } from './operator-flags.js';
import { operatorFiles } from './operator-ledger.js';

const CODES: Readonly<Record<string, RiskCode>> = RISK_CODES;

const COLUMNS: readonly Column<GateReading>[] = [
  { name: 'passed', title: '', value: standing, cell: standing },
  { name: 'label', title: 'gate', value: ({ label }) => label, cell: ({ label }) => label, flexible: true },
  { name: 'value', title: 'is', value: ({ value }) => value, cell: ({ value, limit }) => value ?? (limit === null ? '' : 'read at each order'), flexible: true },
  { name: 'limit', title: 'must be', value: ({ limit }) => limit, cell: ({ limit }) => limit ?? '', flexible: true },
];

@SubCommand({ name: 'show', description: 'Show whether the bot may trade, since when and why not, and every gate with its value and its limit.' })
@SettingFlags(BOT_FLAGS)
@LedgerFlags([JSON_FLAG, CONFIG_FLAG])
export class RiskShowCommand extends LedgerCommand {
  async run(_args: string[], options: Options): Promise<void> {
    const { config } = this.configs.load(givenFlags(BOT_FLAGS, options), configFileOf(options));
    const { botId, executionMode: mode, symbol, storage, risk } = config;
    const [{ dryRun }, { limitsOf }, { OperatorKillSwitch }, { RiskQueries }] = await Promise.all([
      import('../../risk/dry-run.js'),
      import('../../risk/limits.js'),
      import('../../risk/kill-switch.js'),
      import('../../persistence/repositories/risk-facts.js'),
    ]);
    const files = operatorFiles(config);
    const killSwitch = new OperatorKillSwitch(files, process.env).isThrown();
    const report = await this.ask(storage.dataDir, async ({ reader, trades }) => {
      const positions = await trades.positions({ botId, mode });
      return dryRun({ key: { botId, mode, exchange: bookedExchange(config, mode), symbol }, limits: limitsOf(risk), purchase: toDecimal(String(risk.maxPositionSizeUsd)), killSwitch, queries: new RiskQueries(reader), positions, nowMs: Date.now() });
    });
    const waiting = files.resumeRequest() !== null;
    this.print(options['json'] === true ? JSON.stringify(machineReport(botId, mode, killSwitch, waiting, report), null, 2) : text(botId, mode, symbol, killSwitch, waiting, report));
  }
}

const STATE_CODES = ['RISK.HALTED', 'RISK.REDUCING'];

function standing({ limit, value, passed }: GateReading): string {
  if (limit === null) return 'off';
  if (value === null) return '-';
  return passed ? 'ok' : 'NO';
}

function text(botId: string, mode: string, symbol: string, killSwitch: SwitchPosition, waiting: boolean, { memory, marks, price, readings }: GateReport): string {
  const { level, code, reason, since, errors, uncleanStarts } = memory;
  const quote = symbol.split('/')[1];
  const remedy = code === null ? undefined : CODES[code]?.remedy;
  return [
    `${botId} (${mode}) is ${level}${since === null ? '' : ` since ${briefTime(since)}`}`,
    ...(level === 'ACTIVE' ? [] : [`  ${code ?? 'no code'}: ${reason}`, ...(remedy === undefined ? [] : [`  ${remedy}`])]),
    ...(killSwitch.thrown ? [`The kill switch is thrown by ${killSwitch.by}: nothing is sent`] : []),
    ...(waiting ? ['A request to resume waits for the next look of the service'] : []),
    `Result ${rounded(marks.result, 8)} ${quote}, highest ${rounded(marks.peak, 8)}, ${rounded(marks.dayStart, 8)} when the day began (${briefTime(marks.day)})`,
    `Errors in a row ${errors}, unclean starts lately ${uncleanStarts.length}`,
    '',
    price === null ? 'Gates; no price is known yet' : `Gates, for the largest purchase that there is room for, at ${price}`,
    // Why it is in that state is said above.
    table(readings.map((reading) => (STATE_CODES.includes(reading.code) ? { ...reading, value: level } : reading)), COLUMNS),
  ].join('\n');
}

function machineReport(botId: string, mode: string, killSwitch: SwitchPosition, waiting: boolean, { memory, marks, price, readings }: GateReport): object {
  const { level, code, reason, since, errors, uncleanStarts } = memory;
  return {
    bot_id: botId,
    mode,
    level,
    code,
    reason,
    since: since === null ? null : isoTime(since),
    kill_switch: killSwitch,
    resume_requested: waiting,
    result: { now: marks.result, highest: marks.peak, day: isoTime(marks.day), day_start: marks.dayStart },
    consecutive_errors: errors,
    unclean_starts: uncleanStarts.map(isoTime),
    price,
    gates: readings.map(({ code: gate, label, value, limit, passed }) => ({ code: gate, label, value, limit, passed: value === null && limit !== null ? null : passed, setting: CODES[gate]?.setting ?? null })),
  };
}

const RISK_SUB_COMMANDS = [RiskShowCommand];

@Command({ name: 'risk', description: 'Look at the limits of risk: show.', allowExcessArgs: true, subCommands: RISK_SUB_COMMANDS })
export class RiskCommand extends BaseCommand {
  async run([verb]: string[]): Promise<void> {
    throw new ConfigError([{ path: 'risk', message: `needs: show${verb === undefined ? '' : `, was ${verb}`}` }], 'Unknown command');
  }
}

export const RISK_COMMANDS = [RiskCommand, ...RISK_SUB_COMMANDS];
