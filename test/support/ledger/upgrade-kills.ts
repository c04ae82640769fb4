import { cpSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { checkLedger } from '../../../src/persistence/check-ledger.js';
import { listBackups } from '../../../src/persistence/backup.js';
import { inspectLedger } from '../../../src/persistence/inspect-ledger.js';
import { ledgerPaths } from '../../../src/persistence/ledger-paths.js';
import { ALL_MIGRATIONS } from '../../../src/persistence/migrations/all-migrations.js';
import { openLedger } from '../../../src/persistence/open-ledger.js';
import { damageOf } from '../../../src/persistence/sqlite/integrity.js';
import { openRaw } from '../../../src/persistence/sqlite/raw-connection.js';
import type { KillRow } from './kill-table.js';
import { inParallel, runScript } from './kills.js';
import { NextVersion } from './next-version.js';

const UPGRADING_BOT = fileURLToPath(new URL('upgrading-bot.mjs', import.meta.url));
const NEXT = [...ALL_MIGRATIONS, NextVersion];

/** Whether the n-th call of this kind is still within the upgrade. */
export async function upgradeReaches(prepared: string, place: string, call: string, n: number): Promise<boolean> {
  cpSync(prepared, place, { recursive: true });
  const { signal } = await runScript(UPGRADING_BOT, [place], `${call}:signal=SIGKILL:when=${n}`);
  rmSync(place, { recursive: true, force: true });
  return signal === 'SIGKILL';
}

/**
 * Kills an upgrade at the given calls. Afterwards the ledger is of the old version or of the new one, whole; every backup that is
 * there by its name is whole; and the next start finishes the work.
 */
export async function killUpgradeAt(call: string, numbers: readonly number[], prepared: string, folder: string): Promise<KillRow> {
  const row: KillRow = { at: `up ${call}`, points: numbers.length, recovered: 0, lost: 0, duplicated: 0, half: 0, problems: [] };
  const rowsBefore = readFileSync(join(prepared, 'fills.json'), 'utf8');
  await inParallel(numbers, async (n) => {
    const place = join(folder, `${call}-${n}`);
    cpSync(prepared, place, { recursive: true });
    const { signal } = await runScript(UPGRADING_BOT, [place], `${call}:signal=SIGKILL:when=${n}`);
    const problems: string[] = signal === 'SIGKILL' ? [] : ['not killed'];
    try {
      const paths = ledgerPaths(place);
      const { applied } = inspectLedger(paths, NEXT);
      if (![ALL_MIGRATIONS.length, NEXT.length].includes(applied.length)) problems.push(`version ${applied.length}`);
      for (const { path } of listBackups(paths.backups)) {
        const backup = openRaw(path, { readOnly: true, mustExist: true });
        problems.push(...damageOf(backup, 'full'));
        backup.close();
      }
      const ledger = await openLedger({ dataDir: place, botId: 'bot-1', nowMs: Date.now(), migrations: NEXT });
      const found = await ledger.database.read(async (view) => ({ fills: await view.rows('SELECT * FROM fills ORDER BY id'), notes: await view.rows('SELECT * FROM notes'), check: await checkLedger(view) }));
      await ledger.close();
      if (JSON.stringify(found.fills) !== rowsBefore) row.lost++;
      if (found.notes.length !== found.fills.length) row.half++;
      problems.push(...found.check.findings);
      row.recovered++;
    } catch (error) {
      problems.push((error as Error).message);
    }
    row.problems.push(...problems.map((problem) => `upgrade ${call} ${n}: ${problem}`));
    rmSync(place, { recursive: true, force: true });
  });
  return row;
}
