import { existsSync, readFileSync } from 'node:fs';

import { replaceFile } from '../files/atomic-write.js';
import { isPlainObject } from '../schema/fields.js';
import { normalise, type TimeRange } from './ranges.js';

/** What tells one state of a candle file from another: enough to see that a note was made for this very one. */
export interface FileState {
  readonly bytes: number;
  readonly rows: number;
  readonly first: number;
  readonly last: number;
}

interface Note {
  readonly file: FileState;
  readonly covered: readonly TimeRange[];
}

/**
 * Which stretches the exchange has been asked for, kept beside a candle file as `….csv.coverage.json`: what tells a halt (asked,
 * and there is nothing) from a lack (never asked).
 *
 * While the candle file is being replaced the note holds both states, so that whichever the crash leaves is described.
 */
export class CoverageFile {
  private readonly path: string;

  constructor(candleFile: string) {
    this.path = `${candleFile}.coverage.json`;
  }

  /** null when there is no note about the file in this state */
  read(state: FileState): readonly TimeRange[] | null {
    const note = this.notes().find(({ file }) => sameState(file, state));
    return note === undefined ? null : note.covered;
  }

  /** Whether a writer ended between the candle file and its note: the note still tells of two states. */
  get isUnsettled(): boolean {
    return this.notes().length > 1;
  }

  /** Before the candle file goes from one state to the next. */
  prepare(before: Note | null, after: Note): void {
    this.write(before === null ? [after] : [before, after]);
  }

  /** When the candle file is in its new state. */
  settle(note: Note): void {
    this.write([note]);
  }

  private write(notes: readonly Note[]): void {
    const plain = notes.map(({ file, covered }) => ({ file, covered: normalise(covered).map(({ from, to }) => [from, to]) }));
    replaceFile(this.path, [`${JSON.stringify({ notes: plain })}\n`]);
  }

  private notes(): Note[] {
    if (!existsSync(this.path)) return [];
    let document: unknown;
    try {
      document = JSON.parse(readFileSync(this.path, 'utf8'));
    } catch {
      return []; // Torn or foreign: as good as none, the candles themselves are the truth.
    }
    if (!isPlainObject(document) || !Array.isArray(document['notes'])) return [];
    return document['notes'].flatMap((note: unknown): Note[] => {
      if (!isPlainObject(note) || !isPlainObject(note['file']) || !Array.isArray(note['covered'])) return [];
      const covered = note['covered'].filter((pair): pair is [number, number] => Array.isArray(pair) && pair.length === 2 && pair.every(Number.isFinite));
      return [{ file: note['file'] as unknown as FileState, covered: covered.map(([from, to]) => ({ from, to })) }];
    });
  }
}

function sameState(a: FileState, b: FileState): boolean {
  return a.bytes === b.bytes && a.rows === b.rows && a.first === b.first && a.last === b.last;
}
