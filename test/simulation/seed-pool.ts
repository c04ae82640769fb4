import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';

import type { ProfileName } from '../support/exchange/faults/profile.js';
import type { LayerName } from './layers.js';
import type { SeedReport } from './run-seed.js';

/** One seed to run. */
export interface SeedTask {
  readonly layer: LayerName;
  readonly seed: number;
  readonly profile: ProfileName;
  readonly ticks: number;
}

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const WORKER = 'test/simulation/seed-worker.ts';

/** Runs seeds in processes of their own, as many at once as there are jobs. */
export class SeedPool {
  /** @param root folder of the project; that of a copy runs the copy's sources */
  constructor(
    private readonly jobs: number,
    private readonly root = ROOT,
  ) {}

  /**
   * @param each told of every report; false ends the run early
   * @throws Error when a worker process ends by itself
   */
  async run(tasks: readonly SeedTask[], each: (task: SeedTask, report: SeedReport) => boolean): Promise<void> {
    const queue = [...tasks];
    const children = Array.from({ length: Math.min(this.jobs, tasks.length) }, () => fork(WORKER, { cwd: this.root, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] }));
    try {
      await Promise.all(
        children.map(async (child) => {
          for (let task = queue.shift(); task !== undefined; task = queue.shift()) {
            const report = await ask(child, task);
            if (!each(task, report)) queue.length = 0;
          }
        }),
      );
    } finally {
      for (const child of children) child.kill();
    }
  }
}

function ask(child: ChildProcess, task: SeedTask): Promise<SeedReport> {
  return new Promise((resolve, reject) => {
    const ended = (code: number | null): void => reject(new Error(`seed ${task.seed}: its process ended with ${code ?? 'a signal'}`));
    child.once('exit', ended);
    child.once('message', (report: SeedReport) => {
      child.off('exit', ended);
      resolve(report);
    });
    child.send(task);
  });
}
