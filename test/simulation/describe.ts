import type { SeedReport } from './run-seed.js';
import type { SeedTask } from './seed-pool.js';

interface Run {
  readonly task: SeedTask;
  readonly report: SeedReport;
}

/** Everything that is needed to look into a seed that broke a rule. */
export function describeFailure({ seed, profile, ticks, layer }: SeedTask, report: SeedReport): string {
  const broken = report.violations.map(({ invariant, problems, tick }) => `  tick ${tick}: ${invariant}\n${problems.slice(0, 10).map((problem) => `    ${problem}`).join('\n')}`);
  return [
    `seed ${seed}, profile ${profile}: ${report.violations.length} violation(s)`,
    ...broken,
    '  newest entries of the journal:',
    ...report.lastEntries.map((entry) => `    ${entry}`),
    `  replay: npm run simulate -- --seed ${seed} --profile ${profile} --ticks ${ticks} --layer ${layer}`,
  ].join('\n');
}

const COLUMNS = ['profile', 'seeds', 'ticks', 'orders', 'fills', 'unknown', 'crashes', 'halts', 'refused commits', 'violations'] as const;

/** Sums by profile, and the speed of all together. @param seconds NaN where nobody measured */
export function summaryTable(runs: readonly Run[], seconds: number): string {
  const profiles = [...new Set(runs.map(({ task }) => task.profile))].toSorted();
  const rows = [...profiles.map((profile) => rowOf(profile, runs.filter(({ task }) => task.profile === profile))), ...(profiles.length > 1 ? [rowOf('all', runs)] : [])];
  const table = [[...COLUMNS], ...rows];
  const widths = COLUMNS.map((_, i) => Math.max(...table.map((row) => row[i].length)));
  const lines = table.map((row) => row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i]))).join('  '));
  const ticks = sum(runs, ({ ticks: count }) => count);
  return Number.isNaN(seconds) ? lines.join('\n') : [...lines, `${(ticks / seconds).toFixed(0)} ticks/s, ${seconds.toFixed(1)} s`].join('\n');
}

function rowOf(name: string, runs: readonly Run[]): string[] {
  const counts: ((report: SeedReport) => number)[] = [
    ({ ticks }) => ticks,
    ({ orders }) => orders,
    ({ fills }) => fills,
    ({ unknown }) => unknown,
    ({ crashes }) => crashes,
    ({ halts }) => halts,
    ({ refusedCommits }) => refusedCommits,
    ({ violations }) => violations.length,
  ];
  return [name, String(runs.length), ...counts.map((count) => String(sum(runs, count)))];
}

function sum(runs: readonly Run[], count: (report: SeedReport) => number): number {
  return runs.reduce((total, { report }) => total + count(report), 0);
}
