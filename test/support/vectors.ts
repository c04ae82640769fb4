import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describeWhereThere, outsideFolder } from './outside-folder.js';

const FOLDER = outsideFolder('VECTORS_DIR', '../shared/vectors');

/** A suite over reference values; skipped, and says so, where their folder is not there. */
export function describeWithVectors(name: string, define: () => void): void {
  describeWhereThere(FOLDER, name, define);
}

/** The document of a file; what is in it is for the caller to say. */
export function readVectors(file: string): unknown {
  return JSON.parse(readFileSync(join(FOLDER.path, file), 'utf8'));
}
