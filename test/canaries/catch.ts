import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

import { SeedPool, type SeedTask } from '../simulation/seed-pool.js';
import type { Canary } from './canary.js';
import { Sandbox } from './sandbox.js';

/** What noticed a bug, and after how much searching. */
export interface Catch {
  /** The invariant or the test; null when nothing did. */
  readonly by: string | null;
  /** Seeds that were run; 0 for a spec. */
  readonly seeds: number;
}

export const MOST_SEEDS = 200;

/** Plants the bug in a copy of the sources and looks who notices. */
export async function caught({ patches, caughtBy }: Canary): Promise<Catch> {
  const sandbox = new Sandbox();
  try {
    sandbox.plant(patches);
    if (caughtBy.kind === 'spec') return { by: await failingTest(sandbox, caughtBy.file, caughtBy.name), seeds: 0 };
    const { layer, profile, ticks } = caughtBy;
    const tasks = Array.from({ length: MOST_SEEDS }, (_, i): SeedTask => ({ layer, profile, ticks, seed: i + 1 }));
    let by: string | null = null;
    let seeds = 0;
    await new SeedPool(1, sandbox.folder).run(tasks, (_task, { violations }) => {
      seeds++;
      by = violations[0]?.invariant ?? null;
      return by === null;
    });
    return { by, seeds };
  } finally {
    sandbox.remove();
  }
}

interface JestResult {
  readonly success: boolean;
  readonly numTotalTests: number;
  readonly testResults: readonly { readonly message: string; readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[] }[];
}

/** @returns the name of a test that fails; null when all pass */
async function failingTest(sandbox: Sandbox, file: string, name: string | undefined): Promise<string | null> {
  const filter = name === undefined ? [] : ['-t', name];
  const report = sandbox.path('canary-report.json');
  const args = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', 'node_modules/jest/bin/jest.js', '--json', `--outputFile=${report}`, ...filter, file];
  await new Promise<void>((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd: sandbox.folder, stdio: 'ignore' });
    child.once('error', reject);
    child.once('close', () => resolve());
  });
  const result = JSON.parse(readFileSync(report, 'utf8')) as JestResult;
  const failed = result.testResults.flatMap(({ assertionResults }) => assertionResults).find(({ status }) => status === 'failed');
  if (failed === undefined && !result.success) throw new Error(`${file} did not run: ${result.testResults.map(({ message }) => message).join('\n').slice(0, 500)}`);
  return failed === undefined ? null : `${file}: ${failed.fullName}`;
}
