// Compiles kernels/assembly/ to dist/kernels/kernel.wasm, beside its loader. Part of `npm run build`, after the rest.
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { main } from 'assemblyscript/asc';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const outFile = 'dist/kernels/kernel.wasm';

mkdirSync(join(root, dirname(outFile)), { recursive: true });
const { error } = await main(['kernels/assembly/index.ts', '--config', 'kernels/asconfig.json', '--baseDir', root, '--outFile', outFile]);
if (error !== null) {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}
