import { LAYERS } from './layers.js';
import { runSeed } from './run-seed.js';
import type { SeedTask } from './seed-pool.js';

process.on('message', (task: SeedTask) => {
  runSeed({ ...task, layer: LAYERS[task.layer] }).then(
    (report) => process.send?.(report),
    (error: unknown) => {
      process.stderr.write(`seed ${task.seed}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
      process.exit(1);
    },
  );
});
