import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { assertNoSecretsBelow } from './secrets.js';

/**
 * A new, empty folder for every test of the suite around it, gone afterwards; before that every file in it is searched for the secrets of the
 * test exchange, whatever the test was about.
 *
 * @returns paths inside it by name, itself without one
 */
export function useTemporaryFolder(): (name?: string) => string {
  let folder = '';
  beforeEach(() => {
    folder = newTemporaryFolder();
  });
  afterEach(() => {
    try {
      assertNoSecretsBelow(folder);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
  return (name = '') => join(folder, name);
}

/** Whoever makes it takes it away. */
export function newTemporaryFolder(): string {
  return realpathSync(mkdtempSync(join(tmpdir(), 'trading-bot-')));
}
