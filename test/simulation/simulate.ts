import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';

import { PROFILE_NAMES, type ProfileName } from '../support/exchange/faults/profile.js';
import { describeFailure, summaryTable } from './describe.js';
import { LAYERS, type LayerName } from './layers.js';
import { runSeed, type SeedReport } from './run-seed.js';
import { SeedPool, type SeedTask } from './seed-pool.js';

const USAGE = 'npm run simulate -- [--seeds 200] [--from 1] [--ticks 500] [--profile calm|rough|storm|mixed] [--layer orders|bot] [--jobs N] [--seed N] [--report]';

/** `--seed` replays one seed tick by tick and tells what happened; otherwise many run side by side, and a table sums them up. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      seeds: { type: 'string', default: '200' },
      from: { type: 'string', default: '1' },
      ticks: { type: 'string', default: '500' },
      profile: { type: 'string', default: 'mixed' },
      layer: { type: 'string', default: 'orders' },
      jobs: { type: 'string', default: String(availableParallelism()) },
      seed: { type: 'string' },
      report: { type: 'boolean', default: false },
    },
  });
  const layer = oneOf('--layer', values.layer, Object.keys(LAYERS) as LayerName[]);
  const profile = oneOf('--profile', values.profile, [...PROFILE_NAMES, 'mixed'] as const);
  const ticks = whole('--ticks', values.ticks);
  if (values.seed !== undefined) return replay({ layer, ticks, seed: whole('--seed', values.seed), profile: profileOf(profile, whole('--seed', values.seed)) });
  const first = whole('--from', values.from);
  const seeds = Array.from({ length: whole('--seeds', values.seeds) }, (_, i) => first + i);
  const tasks = seeds.map((seed): SeedTask => ({ layer, ticks, seed, profile: profileOf(profile, seed) }));
  const started = performance.now();
  const reports: { task: SeedTask; report: SeedReport }[] = [];
  const pool = new SeedPool(whole('--jobs', values.jobs));
  await pool.run(tasks, (task, report) => {
    reports.push({ task, report });
    if (report.violations.length > 0) process.stderr.write(`\n${describeFailure(task, report)}\n`);
    process.stderr.write(`\r${reports.length} of ${tasks.length} seeds`);
    return true;
  });
  process.stderr.write('\n');
  const seconds = (performance.now() - started) / 1000;
  process.stdout.write(values.report ? `${JSON.stringify({ seconds, runs: reports.map(({ task, report }) => ({ ...task, ...report })) })}\n` : `${summaryTable(reports, seconds)}\n`);
  if (reports.some(({ report }) => report.violations.length > 0)) process.exitCode = 1;
}

async function replay(task: SeedTask): Promise<void> {
  const report = await runSeed({ ...task, layer: LAYERS[task.layer], checkEvery: 1, narrate: (line) => process.stderr.write(`${line}\n`) });
  process.stdout.write(`${report.violations.length > 0 ? describeFailure(task, report) : summaryTable([{ task, report }], NaN)}\n`);
  if (report.violations.length > 0) process.exitCode = 1;
}

/** Mixed runs give each profile a third of the seeds. */
function profileOf(profile: ProfileName | 'mixed', seed: number): ProfileName {
  return profile === 'mixed' ? PROFILE_NAMES[seed % PROFILE_NAMES.length] : profile;
}

function oneOf<T extends string>(flag: string, text: string, choices: readonly T[]): T {
  const found = choices.find((choice) => choice === text);
  if (found === undefined) throw new Error(`${flag}: expected one of ${choices.join(', ')}; was ${text}. Usage: ${USAGE}`);
  return found;
}

function whole(flag: string, text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 1) throw new Error(`${flag}: expected a whole number above 0; was ${text}. Usage: ${USAGE}`);
  return value;
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
});
