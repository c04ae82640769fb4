import { cpSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { folderInMemory } from '../simulation/world/folder-in-memory.js';
import type { Patch } from './canary.js';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

const COPIED = ['src', 'test', 'settings', 'package.json', 'tsconfig.json', 'jest.config.mjs'];
const LINKED = ['node_modules', 'kernels', 'dist'];

/** A copy of the project in which a bug can be planted. */
export class Sandbox {
  readonly folder = folderInMemory();

  constructor() {
    for (const name of COPIED) cpSync(join(ROOT, name), join(this.folder, name), { recursive: true });
    for (const name of LINKED) symlinkSync(join(ROOT, name), join(this.folder, name));
  }

  path(name: string): string {
    return join(this.folder, name);
  }

  /** @throws Error when the text to be replaced is not there exactly once */
  plant(patches: readonly Patch[]): void {
    for (const { file, old, now } of patches) {
      const path = this.path(file);
      const source = readFileSync(path, 'utf8');
      const places = source.split(old).length - 1;
      if (places !== 1) throw new Error(`${file}: expected the text ${JSON.stringify(old.slice(0, 80))} once; was there ${places} times. The source has changed: write the canary anew`);
      writeFileSync(path, source.replace(old, () => now));
    }
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
