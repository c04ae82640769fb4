import { join } from 'node:path';

import { StorageError } from '../domain/errors.js';
import { knownSecrets } from '../domain/redact.js';
import { createFile } from '../files/atomic-write.js';
import type { BacktestResult } from './backtest-result.js';
import { resultJson } from './result-json.js';

const MOST_SAME_NAMES = 1000;

/** Saves results as `backtest_{STRATEGY}_{TIMESTAMP}.json`; what is there is never overwritten. */
export class ResultStore {
  constructor(private readonly dir: string) {}

  /** @returns the file's path. @throws StorageError when it cannot be written; nothing half is left */
  save(result: BacktestResult): string {
    const { strategy, created_at_iso } = result.manifest;
    const stem = `backtest_${strategy}_${created_at_iso.replace(/[-:]/g, '').replace('.', '')}`;
    const parts = [...resultJson(result)].map((part) => knownSecrets.redactKnown(part));
    for (let copy = 0; copy < MOST_SAME_NAMES; copy++) {
      const path = join(this.dir, `${stem}${copy === 0 ? '' : `_${copy + 1}`}.json`);
      try {
        createFile(path, parts);
        return path;
      } catch (error) {
        // Two runs in one millisecond: the second gets a number.
        if (!(error instanceof StorageError) || error.code !== 'STORAGE.EXISTS') throw error;
      }
    }
    throw new StorageError('STORAGE.EXISTS', `${join(this.dir, stem)}.json and ${MOST_SAME_NAMES} more of its name exist already`);
  }
}
