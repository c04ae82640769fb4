import { closeSync, fstatSync, mkdirSync, openSync, readFileSync, readSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { StorageError } from '../domain/errors.js';
import { replaceFile } from '../files/atomic-write.js';
import { isPlainObject } from '../schema/fields.js';

/** One set of parameters that was looked at, or many of one search taken together. */
export interface Trial {
  /** When, epoch milliseconds. */
  readonly at: number;
  readonly strategy: string;
  readonly symbol: string;
  readonly source: string;
  /** What makes it another try: the same key again is the same look at the same thing. */
  readonly key: string;
  /** In words, for people: timeframe, range, parameters. */
  readonly what: string;
  /** How many sets of parameters. */
  readonly tries: number;
  /** Sharpe ratio per day; the mean over a search; null where there is none. */
  readonly sharpe: number | null;
  /** Sum of the squared deviations of a search's ratios from their mean; 0 for one try. */
  readonly spread: number;
}

/** Whatever was tried with one strategy on one market. */
export interface TrialFamily {
  readonly tries: number;
  /** Sample variance of their Sharpe ratios per day; null for fewer than two ratios. */
  readonly variance: number | null;
}

export const TRIALS_FILE = 'trials.jsonl';

/**
 * What was tried, line by line in a file that is only added to. Nothing else depends on it: who loses it loses no result, only the memory
 * of how often luck had a chance.
 */
export class TrialLedger {
  readonly path: string;

  constructor(dir: string) {
    this.path = join(dir, TRIALS_FILE);
  }

  /** @throws StorageError; what is there is untouched */
  add(trial: Trial): void {
    try {
      mkdirSync(dirname(this.path), { recursive: true });
      const file = openSync(this.path, 'a+', 0o644);
      try {
        // A line that a crash has cut short must not swallow this one. One write, so that two programs do not mix their lines.
        writeSync(file, `${endsMidLine(file) ? '\n' : ''}${JSON.stringify(trial)}\n`);
      } finally {
        closeSync(file);
      }
    } catch (error) {
      throw new StorageError('STORAGE.WRITE', `Cannot count this try in ${this.path} (${(error as NodeJS.ErrnoException).code}); results are not affected`, { cause: error });
    }
  }

  /**
   * @returns every look, the last one of each key, oldest first; an empty list where there is no file. `damaged`: lines that say nothing
   * @throws StorageError
   */
  read(): { readonly trials: readonly Trial[]; readonly damaged: number } {
    const byKey = new Map<string, Trial>();
    let damaged = 0;
    for (const line of this.text().split('\n')) {
      if (line === '') continue;
      const trial = trialIn(line);
      if (trial === null) {
        damaged++;
        continue;
      }
      const id = `${familyId(trial)} ${trial.key}`;
      byKey.delete(id);
      byKey.set(id, trial);
    }
    return { trials: [...byKey.values()], damaged };
  }

  /**
   * Forgets what was tried.
   *
   * @param forget those to forget
   * @returns how many sets of parameters were forgotten
   * @throws StorageError
   */
  reset(forget: (trial: Trial) => boolean): number {
    const { trials } = this.read();
    const gone = trials.filter(forget);
    if (gone.length > 0) replaceFile(this.path, [trials.filter((trial) => !forget(trial)).map((trial) => `${JSON.stringify(trial)}\n`).join('')]);
    return gone.reduce((sum, { tries }) => sum + tries, 0);
  }

  private text(): string {
    try {
      return readFileSync(this.path, 'utf8');
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'ENOENT') return '';
      throw new StorageError('STORAGE.READ', `Cannot read ${this.path} (${code}), where tries are counted`, { cause: error });
    }
  }
}

/** What was tried with the strategy on the market of this trial, itself included whether it is among them or not. */
export function familyOf(trials: readonly Trial[], trial: Trial): TrialFamily {
  const own = familyId(trial);
  const family = [...trials.filter((other) => familyId(other) === own && other.key !== trial.key), trial];
  let tries = 0;
  let [count, mean, spread] = [0, 0, 0];
  for (const { tries: more, sharpe, spread: within } of family) {
    tries += more;
    if (sharpe === null) continue;
    const step = sharpe - mean;
    spread += within + (step * step * count * more) / (count + more);
    mean += (step * more) / (count + more);
    count += more;
  }
  return { tries, variance: count > 1 ? spread / (count - 1) : null };
}

export function familyId({ strategy, symbol, source }: Pick<Trial, 'strategy' | 'symbol' | 'source'>): string {
  return `${strategy} ${symbol} ${source}`;
}

function trialIn(line: string): Trial | null {
  try {
    const trial: unknown = JSON.parse(line);
    if (!isPlainObject(trial)) return null;
    const texts = [trial['strategy'], trial['symbol'], trial['source'], trial['key'], trial['what']];
    const numbers = [trial['at'], trial['tries'], trial['spread'], trial['sharpe'] ?? 0];
    const sound = texts.every((text) => typeof text === 'string') && numbers.every((number) => typeof number === 'number' && Number.isFinite(number)) && Number(trial['tries']) >= 1 && Number(trial['spread']) >= 0;
    return sound ? (trial as unknown as Trial) : null;
  } catch {
    return null;
  }
}

function endsMidLine(file: number): boolean {
  const { size } = fstatSync(file);
  const last = Buffer.alloc(1);
  return size > 0 && readSync(file, last, 0, 1, size - 1) === 1 && last[0] !== 0x0a;
}
