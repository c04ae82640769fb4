import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A new, empty folder for every test of the suite around it, gone afterwards. @returns paths inside it by name, itself without one */
export function useTemporaryFolder(): (name?: string) => string {
  let folder = '';
  beforeEach(() => {
    folder = newTemporaryFolder();
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return (name = '') => join(folder, name);
}

/** Whoever makes it takes it away. */
export function newTemporaryFolder(): string {
  return realpathSync(mkdtempSync(join(tmpdir(), 'trading-bot-')));
}
