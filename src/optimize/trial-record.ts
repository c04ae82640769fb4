import { refusal, type Objective } from './objective.js';
import type { Trial } from './search.js';
import type { Params, SearchSpace } from './space/search-space.js';
import { FIGURES, type Figures } from './sweep/figures.js';

/** A trial as it is saved: in the user's spelling. */
export interface TrialRecord {
  readonly number: number;
  readonly params: Params;
  /** Why it does not count; null when it does. */
  readonly refused: string | null;
  readonly figures: Figures;
}

export function trialRecord(trial: Trial, space: SearchSpace, objective: Objective): TrialRecord {
  return { number: trial.number, params: space.params(trial.point), refused: refusal(trial.figures, objective), figures: trial.figures };
}

/** One line of a search's journal: the point and its figures, in the order of `FIGURES`. */
export function journalLine({ point, figures }: Trial, space: SearchSpace): string {
  return JSON.stringify([space.key(point), ...FIGURES.map((name) => figures[name])]);
}

/** What a line says; null for a line that was cut off while it was written. */
export function readJournalLine(line: string): readonly [key: string, figures: Figures] | null {
  let read: unknown;
  try {
    read = JSON.parse(line);
  } catch {
    return null;
  }
  if (!Array.isArray(read) || read.length !== FIGURES.length + 1 || typeof read[0] !== 'string') return null;
  const [key, ...values] = read as [string, ...unknown[]];
  if (!values.every((value) => value === null || typeof value === 'number')) return null;
  return [key, Object.fromEntries(FIGURES.map((name, k) => [name, values[k]])) as unknown as Figures];
}

/** `fast_window=20,slow_window=60` */
export function paramsText(params: Params): string {
  return Object.entries(params)
    .map(([name, value]) => `${name}=${String(value)}`)
    .join(',');
}
