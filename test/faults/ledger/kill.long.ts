import { countCalls, killAt, tableOf, type KillRow } from '../../support/ledger/kill-table.js';
import { HAS_STRACE } from '../../support/ledger/kills.js';
import { useTemporaryFolder } from '../../support/temporary-folder.js';

const ROUNDS = 2;
const CALLS = ['fsync', 'pwrite64', 'ftruncate', 'rename', 'unlink'];
const inFolder = useTemporaryFolder();

const upTo = (count: number): number[] => Array.from({ length: count }, (_, i) => i + 1);

describe('kill -9 at every point of a scripted sequence', () => {
  it('F57 F58 F60 F61 F62 F66 loses nothing, doubles nothing and leaves nothing half', async () => {
    const rows: KillRow[] = [await killAt('step', upTo(13), inFolder(), ROUNDS)];
    if (HAS_STRACE) {
      const counts = await countCalls(inFolder(), CALLS, ROUNDS);
      for (const call of CALLS) rows.push(await killAt(call, upTo(counts[call]), inFolder(), ROUNDS));
    }
    process.stdout.write(`${tableOf(rows)}\n`);
    expect(rows.flatMap(({ problems }) => problems)).toEqual([]);
    expect(rows.map(({ at, points, recovered }) => [at, recovered - points])).toEqual(rows.map(({ at }) => [at, 0]));
  }, 3_600_000);
});
