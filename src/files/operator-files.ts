import { lstatSync, readFileSync, rmSync } from 'node:fs';
import { basename, resolve } from 'node:path';

import { StorageError } from '../domain/errors.js';
import { replaceFile } from './atomic-write.js';

/** What an operator asked a running service for. */
export interface ResumeRequest {
  /** Tells one request from another: none is acted on twice. */
  readonly id: string;
  /** UTC ms since when the bot had been stopped that the operator looked at; null when it was not. A later halt is none of this request's. */
  readonly answers: number | null;
  readonly reason: string;
  /** true: exits may go out, entries may not. */
  readonly exitsOnly: boolean;
}

const MOST_CHARACTERS = 200;

/**
 * How an operator reaches a service that holds the ledger's lock: a file that stops it for as long as it exists, and a request to go on
 * beside it. Any program can make the first, also an empty one; what is written in it is for people.
 */
export class OperatorFiles {
  readonly killFile: string;
  readonly requestFile: string;

  /** @param killSwitchFile relative to the data folder */
  constructor(dataDir: string, killSwitchFile: string) {
    this.killFile = resolve(dataDir, killSwitchFile);
    this.requestFile = `${this.killFile}.resume`;
  }

  /** null while nothing stands there; else in words what does. A place that cannot be looked at counts as a file: in doubt nothing is sent. */
  killedBy(): string | null {
    try {
      if (lstatSync(this.killFile, { throwIfNoEntry: false }) === undefined) return null;
    } catch (error) {
      return `the file ${this.killFile}, which cannot be looked at (${(error as NodeJS.ErrnoException).code})`;
    }
    const note = this.note();
    return `the file ${basename(this.killFile)}${note === '' ? '' : ` (${note})`}`;
  }

  /** On the disk when it returns. Takes back a request to go on that nobody has acted on. @throws StorageError */
  kill(note: string): void {
    replaceFile(this.killFile, [`${note}\n`]);
    this.dropRequest();
  }

  /** @returns whether there was a file. @throws StorageError when it cannot be taken away */
  clear(): boolean {
    try {
      const there = lstatSync(this.killFile, { throwIfNoEntry: false }) !== undefined;
      rmSync(this.killFile, { force: true });
      return there;
    } catch (error) {
      throw new StorageError('STORAGE.WRITE', `Cannot take away ${this.killFile}: ${(error as NodeJS.ErrnoException).code}; remove it by hand`, { cause: error });
    }
  }

  /** @throws StorageError */
  requestResume({ id, answers, reason, exitsOnly }: ResumeRequest): void {
    replaceFile(this.requestFile, [`${JSON.stringify({ id, answers, reason, exits_only: exitsOnly })}\n`]);
  }

  /** null where there is none, or none that can be read. */
  resumeRequest(): ResumeRequest | null {
    try {
      const { id, answers, reason, exits_only: exitsOnly } = JSON.parse(readFileSync(this.requestFile, 'utf8')) as Record<string, unknown>;
      const sound = typeof id === 'string' && id !== '' && (answers === null || typeof answers === 'number') && typeof reason === 'string' && typeof exitsOnly === 'boolean';
      return sound ? { id, answers, reason: plain(reason), exitsOnly } : null;
    } catch {
      return null;
    }
  }

  /** Takes the request away; where that is impossible its id still keeps it from being acted on again. */
  dropRequest(): void {
    try {
      rmSync(this.requestFile, { force: true });
    } catch {
      // A read-only disk.
    }
  }

  private note(): string {
    try {
      return plain(readFileSync(this.killFile, 'utf8'));
    } catch {
      return ''; // A folder or somebody else's file: that it exists is enough.
    }
  }
}

/** One line without control characters, of a length that fits a log. */
function plain(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim()
    .slice(0, MOST_CHARACTERS);
}
