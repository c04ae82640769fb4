import { killAt, type KillRow } from '../../support/ledger/kill-table.js';
import { HAS_STRACE } from '../../support/ledger/kills.js';
import { useTemporaryFolder } from '../../support/temporary-folder.js';

const ROUNDS = 2;
/** Steps of the script in two rounds: opening, five commits a round, closing, the end. */
const STEPS = Array.from({ length: 13 }, (_, i) => i + 1);
const inFolder = useTemporaryFolder();
const withStrace = HAS_STRACE ? it : it.skip;

function expectAllRecovered({ points, recovered, lost, duplicated, half, problems }: KillRow): void {
  expect(problems).toEqual([]);
  expect({ recovered, lost, duplicated, half }).toEqual({ recovered: points, lost: 0, duplicated: 0, half: 0 });
}

/** A sample; `kill.long.ts` takes every point. */
describe('kill -9 in the middle of writing', () => {
  it('F57 F58 F60 F61 F66 between any two commits: what was acknowledged is there, once, and recovering twice changes nothing', async () => {
    expectAllRecovered(await killAt('step', STEPS, inFolder(), ROUNDS));
  }, 120_000);

  withStrace('F57 F62 at flushes to the disk (needs strace)', async () => {
    expectAllRecovered(await killAt('fsync', [1, 7, 12, 18, 24], inFolder(), ROUNDS));
  }, 120_000);

  withStrace('F57 F62 at writes to the disk (needs strace)', async () => {
    expectAllRecovered(await killAt('pwrite64', [9, 170, 245, 300, 371], inFolder(), ROUNDS));
  }, 120_000);
});
