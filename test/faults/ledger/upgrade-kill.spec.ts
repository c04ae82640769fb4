import { writeFileSync } from 'node:fs';

import { openLedger } from '../../../src/persistence/open-ledger.js';
import { tableOf } from '../../support/ledger/kill-table.js';
import { HAS_STRACE } from '../../support/ledger/kills.js';
import { tellStory } from '../../support/ledger/story.js';
import { killUpgradeAt, upgradeReaches } from '../../support/ledger/upgrade-kills.js';
import { useTemporaryFolder } from '../../support/temporary-folder.js';

const inFolder = useTemporaryFolder();
const withStrace = HAS_STRACE ? it : it.skip;
/** Every one of them with LONG_TESTS=1, which takes minutes; a sample without. */
const EXHAUSTIVE = process.env['LONG_TESTS'] === '1';
const SAMPLES: Readonly<Record<string, readonly number[]>> = { fsync: [2, 4, 6, 8, 10], pwrite64: [3, 40, 75, 90, 100] };

beforeEach(async () => {
  const ledger = await openLedger({ dataDir: inFolder('old'), botId: 'bot-1', nowMs: Date.now() });
  await tellStory(ledger.database);
  const fills = await ledger.database.read((view) => view.rows('SELECT * FROM fills ORDER BY id'));
  await ledger.close();
  writeFileSync(inFolder('old/fills.json'), JSON.stringify(fills));
});

describe('kill -9 while a ledger is backed up and migrated', () => {
  withStrace.each(Object.keys(SAMPLES))(
    'F62 at %s: the old version or the new one, whole, and the next start finishes (needs strace)',
    async (call) => {
      let numbers = [...SAMPLES[call]];
      if (EXHAUSTIVE) {
        numbers = [];
        while (await upgradeReaches(inFolder('old'), inFolder('probe'), call, numbers.length + 1)) numbers.push(numbers.length + 1);
      }
      const row = await killUpgradeAt(call, numbers, inFolder('old'), inFolder());
      if (EXHAUSTIVE) process.stdout.write(`${tableOf([row])}\n`);
      expect(row.problems).toEqual([]);
      expect(row).toMatchObject({ recovered: numbers.length, lost: 0, half: 0 });
    },
    1_800_000,
  );
});
