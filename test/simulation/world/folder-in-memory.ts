import { existsSync, mkdtempSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const MEMORY = '/dev/shm';

/** A new folder, in memory where the machine has such a place: a simulated machine commits thousands of times a second. */
export function folderInMemory(): string {
  const parent = existsSync(MEMORY) ? MEMORY : tmpdir();
  return realpathSync(mkdtempSync(join(parent, 'trading-bot-simulation-')));
}
