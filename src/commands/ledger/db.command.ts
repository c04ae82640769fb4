import { Command, SubCommand } from 'nest-commander';

import { ConfigError, LedgerError } from '../../domain/errors.js';
import { isoTime } from '../../domain/instant.js';
import { configFileOf } from '../data/data-flags.js';
import { BaseCommand } from '../base.command.js';
import { givenFlags, SettingFlags } from '../setting-flags.decorator.js';
import { CONFIG_FLAG, JSON_FLAG, LEDGER_DIR, LedgerFlags, type Options } from './ledger-flags.decorator.js';
import { LedgerCommand } from './ledger-base.command.js';

const MOST_BACKUPS = 5;
const mebibytes = (bytes: number): string => `${(bytes / 1_048_576).toFixed(1)} MiB`;

@SubCommand({ name: 'status', description: 'Show where the ledger is, its version and size, who writes it, and its backups.' })
@SettingFlags(LEDGER_DIR)
@LedgerFlags([JSON_FLAG, CONFIG_FLAG])
export class DbStatusCommand extends LedgerCommand {
  async run(_args: string[], options: Options): Promise<void> {
    const { ledgerStatus } = await import('../../persistence/ledger-status.js');
    const { path, ledgerId, bytes, logBytes, version, pending, rows, holder, inUse, backups } = ledgerStatus(this.dataDir(options));
    if (options['json'] === true) {
      const usedBy = holder === null ? null : { pid: holder.pid, host: holder.host, bot_id: holder.botId, since: isoTime(holder.since) };
      this.print(JSON.stringify({ path, ledger_id: ledgerId, bytes, log_bytes: logBytes, version, pending, rows, in_use: inUse, used_by: usedBy, backups }, null, 2));
      return;
    }
    const writer = holder === null ? (inUse ? 'in use' : 'not in use') : `in use by process ${holder.pid} on ${holder.host} (${holder.botId}) since ${isoTime(holder.since)}`;
    this.print(
      [
        `${path}  ${mebibytes(bytes)}, log ${mebibytes(logBytes)}`,
        `  id       ${ledgerId}`,
        `  version  ${version}${pending.length === 0 ? '' : `; to be migrated: ${pending.join(', ')}`}`,
        `  writer   ${writer}`,
        `  rows     ${Object.entries(rows).map(([table, count]) => `${count} ${table.replace('_', ' ')}`).join(', ')}`,
        ...(backups.length === 0 ? ['  backups  none: make one with `db backup`'] : backups.slice(0, MOST_BACKUPS).map((backup, i) => `  ${i === 0 ? 'backups' : '       '}  ${backup.path}  ${mebibytes(backup.bytes)}`)),
        ...(backups.length > MOST_BACKUPS ? [`           and ${backups.length - MOST_BACKUPS} older ones`] : []),
      ].join('\n'),
    );
  }
}

@SubCommand({ name: 'backup', description: 'Copy the ledger into its backups folder, page by page and checked, while the bot runs.' })
@SettingFlags(LEDGER_DIR)
@LedgerFlags([CONFIG_FLAG])
export class DbBackupCommand extends LedgerCommand {
  async run(_args: string[], options: Options): Promise<void> {
    const { backUpLedger } = await import('../../persistence/back-up-ledger.js');
    const { path, bytes } = await backUpLedger(this.dataDir(options), Date.now());
    this.print(`${path}  ${mebibytes(bytes)}`);
  }
}

@SubCommand({ name: 'check', description: 'Read all of the ledger and derive every position, trade and result again from the fills: they must be equal.' })
@SettingFlags(LEDGER_DIR)
@LedgerFlags([JSON_FLAG, CONFIG_FLAG])
export class DbCheckCommand extends LedgerCommand {
  async run(_args: string[], options: Options): Promise<void> {
    const { checkLedger } = await import('../../persistence/check-ledger.js');
    const { fills, markets, findings } = await this.ask(this.dataDir(options), ({ reader }) => reader.read(checkLedger));
    if (options['json'] === true) this.print(JSON.stringify({ fills, markets, findings }, null, 2));
    else if (findings.length === 0) this.print(`Sound: ${fills} fills in ${markets} markets, and everything derived from them is exactly what is stored`);
    if (findings.length > 0) throw new LedgerError('LEDGER.CHECK', `The ledger is not what its fills make it:\n${findings.map((finding) => `  - ${finding}`).join('\n')}`);
  }
}

@SubCommand({ name: 'migrate', description: 'Bring the ledger to the version of this program, after a backup. The bot does it by itself when it starts.' })
@SettingFlags(LEDGER_DIR)
@LedgerFlags([CONFIG_FLAG])
export class DbMigrateCommand extends LedgerCommand {
  async run(_args: string[], options: Options): Promise<void> {
    const { openLedger } = await import('../../persistence/open-ledger.js');
    const { botId, storage } = this.configs.load(givenFlags(LEDGER_DIR, options), configFileOf(options)).config;
    const ledger = await openLedger({ dataDir: storage.dataDir, botId, nowMs: Date.now(), create: false });
    const { migrated, backup } = ledger.opening;
    await ledger.close();
    this.print(migrated.length === 0 ? 'Up to date: nothing to do' : `Migrated: ${migrated.join(', ')}\nBackup from before: ${backup?.path ?? ''}`);
  }
}

export const DB_COMMANDS = [DbStatusCommand, DbBackupCommand, DbCheckCommand, DbMigrateCommand];

@Command({ name: 'db', description: 'Look after the ledger: status, backup, check, migrate.', allowExcessArgs: true, subCommands: DB_COMMANDS })
export class DbCommand extends BaseCommand {
  async run([verb]: string[]): Promise<void> {
    throw new ConfigError([{ path: 'db', message: `needs one of: status, backup, check, migrate${verb === undefined ? '' : `, was ${verb}`}` }], 'Unknown command');
  }
}
