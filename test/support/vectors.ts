import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { outsideFolder } from './project-folder.js';

const FOLDER = outsideFolder('VECTORS_DIR', '../shared/vectors');

/** A suite over a file of reference values; skipped, and says so, where the file's folder is not there. */
export function describeWithVectors<V>(name: string, file: string, define: (vectors: V) => void): void {
  if (FOLDER.exists) describe(name, () => define(JSON.parse(readFileSync(join(FOLDER.path, file), 'utf8')) as V));
  else describe.skip(`${name} (${FOLDER.reason})`, () => it('has no reference values to compare with', () => {}));
}
