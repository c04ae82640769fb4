import { appendFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

import { ConfigError, StorageError } from '../../domain/errors.js';
import { makeFolder } from '../../files/atomic-write.js';
import type { Trial } from '../../optimize/search.js';
import type { SearchSpace } from '../../optimize/space/search-space.js';
import type { Figures } from '../../optimize/sweep/figures.js';
import { journalLine, readJournalLine } from '../../optimize/trial-record.js';

/** Everything that decides which points a search proposes and what becomes of them. */
export type Fingerprint = Readonly<Record<string, unknown>>;

/**
 * What a search has found so far, on disk after every round: a header, then one line a trial. Killed at any moment it loses a round at
 * most, and a line that was cut off is passed over.
 */
export class SearchJournal {
  private constructor(
    readonly path: string,
    private readonly space: SearchSpace,
    readonly known: ReadonlyMap<string, Figures>,
  ) {}

  /** @throws StorageError when it cannot be written */
  static begin(path: string, fingerprint: Fingerprint, space: SearchSpace): SearchJournal {
    makeFolder(dirname(path), path);
    writing(path, () => writeFileSync(path, `${JSON.stringify(fingerprint)}\n`, { flag: 'wx' }));
    return new SearchJournal(path, space, new Map());
  }

  /** @throws ConfigError when the file is none, or belongs to another search */
  static resume(path: string, fingerprint: Fingerprint, space: SearchSpace): SearchJournal {
    const [header, ...lines] = textOf(path).split('\n');
    const differences = differencesOf(header, fingerprint, path);
    if (differences.length > 0) throw refused(`${path} belongs to another search: ${differences.join('; ')}. Give the same flags as then, or leave --resume out`);
    const known = new Map(lines.map(readJournalLine).filter((entry) => entry !== null));
    const journal = new SearchJournal(path, space, known);
    // A last line that was cut off would swallow the next one.
    writing(path, () => appendFileSync(path, '\n'));
    return journal;
  }

  add(trials: readonly Trial[]): void {
    if (trials.length > 0) writing(this.path, () => appendFileSync(this.path, `${trials.map((trial) => journalLine(trial, this.space)).join('\n')}\n`));
  }

  /** The search came to its end: nothing is left to go on with. */
  discard(): void {
    rmSync(this.path, { force: true });
  }
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw refused(`cannot read ${path}: ${(error as NodeJS.ErrnoException).code ?? String(error)}`);
  }
}

function differencesOf(header: string, fingerprint: Fingerprint, path: string): string[] {
  let before: Fingerprint;
  try {
    before = JSON.parse(header) as Fingerprint;
  } catch {
    throw refused(`${path} is not the journal of a search`);
  }
  const now = JSON.parse(JSON.stringify(fingerprint)) as Fingerprint;
  return Object.keys(now).flatMap((name) => {
    const [then, here] = [JSON.stringify(before[name]), JSON.stringify(now[name])];
    return then === here ? [] : [`${name} was ${then ?? 'not there'}, is ${here}`];
  });
}

function writing(path: string, write: () => void): void {
  try {
    write();
  } catch (error) {
    throw new StorageError('STORAGE.WRITE', `Cannot write ${path}: ${(error as Error).message}`, { cause: error });
  }
}

function refused(message: string): ConfigError {
  return new ConfigError([{ path: '--resume', message }], 'Cannot use these flags');
}
