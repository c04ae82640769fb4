import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { Command } from 'nest-commander';

import { HEARTBEAT_FILE, judgeHeartbeat } from '../../bot/heartbeat.js';
import { ConfigLoader } from '../../config/config-loader.service.js';
import { BaseCommand } from '../base.command.js';
import { configFileOf } from '../data/data-flags.js';
import { CONFIG_FLAG, LEDGER_DIR, LedgerFlags, type Options } from '../ledger/ledger-flags.decorator.js';
import { givenFlags, SettingFlags } from '../setting-flags.decorator.js';

@Command({ name: 'healthcheck', description: 'Say whether the service lives, by its heartbeat: exit code 0 or 1. A halted bot is healthy.' })
@SettingFlags(LEDGER_DIR)
@LedgerFlags([CONFIG_FLAG])
export class HealthcheckCommand extends BaseCommand {
  constructor(private readonly configs: ConfigLoader) {
    super();
  }

  async run(_args: string[], options: Options): Promise<void> {
    const { storage } = this.configs.load(givenFlags(LEDGER_DIR, options), configFileOf(options)).config;
    const { healthy, words } = judgeHeartbeat(readHeartbeat(storage.dataDir), Date.now());
    this.print(`${healthy ? 'healthy' : 'not healthy'}: ${words}`);
    process.exitCode = healthy ? 0 : 1;
    return Promise.resolve();
  }
}

/** null where there is none. */
export function readHeartbeat(dataDir: string): string | null {
  try {
    return readFileSync(join(dataDir, HEARTBEAT_FILE), 'utf8');
  } catch {
    return null;
  }
}
