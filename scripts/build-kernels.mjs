// Compiles kernels/assembly/ to dist/kernels/, beside its loaders: kernel.wasm for single runs, sweep.wasm for sweeps. Part of
// `npm run build`, after the rest.
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { main } from 'assemblyscript/asc';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const KERNELS = [
  ['kernels/assembly/index.ts', 'dist/kernels/kernel.wasm'],
  ['kernels/assembly/sweep/index.ts', 'dist/kernels/sweep.wasm'],
];

for (const [entry, outFile] of KERNELS) {
  mkdirSync(join(root, dirname(outFile)), { recursive: true });
  const { error } = await main([entry, '--config', 'kernels/asconfig.json', '--baseDir', root, '--outFile', outFile]);
  if (error !== null) {
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
}
