import type { Trial } from '../../optimize/search.js';
import { bestOf } from '../../optimize/search.js';
import { ratio } from '../../report/numbers.js';
import { redact } from '../../domain/redact.js';
import { progressText, type ProgressTarget } from '../progress-line.js';

const TERMINAL_EVERY_MS = 100;
const PLAIN_EVERY_MS = 5000;

export interface SearchProgressParts {
  readonly total: number;
  readonly valueOf: (trial: Trial) => number | null;
  /** Median of what was found around a trial; null when nothing was. */
  readonly aroundOf: (trial: Trial, all: readonly Trial[]) => number | null;
}

/** How far a search is, how fast, and the best so far with what lies around it. */
export class SearchProgress {
  private readonly startedMs: number;
  private lastMs = -Infinity;

  constructor(
    private readonly parts: SearchProgressParts,
    private readonly target: ProgressTarget,
    private readonly now: () => number,
  ) {
    this.startedMs = now();
  }

  get elapsedMs(): number {
    return this.now() - this.startedMs;
  }

  update(all: readonly Trial[]): void {
    const nowMs = this.now();
    const isTerminal = this.target.isTTY === true;
    if (nowMs - this.lastMs < (isTerminal ? TERMINAL_EVERY_MS : PLAIN_EVERY_MS)) return;
    this.lastMs = nowMs;
    const { total, valueOf, aroundOf } = this.parts;
    const best = bestOf(all);
    const found = best === null ? 'nothing that counts yet' : `best ${ratio(valueOf(best))}, around it ${ratio(aroundOf(best, all))}`;
    this.write(`${progressText('search', 'trials', { done: all.length, total, items: all.length }, nowMs - this.startedMs)}; ${found}`, isTerminal);
  }

  /** Takes the line away. */
  end(): void {
    if (this.target.isTTY === true) this.target.write('\r\u001B[K');
  }

  private write(text: string, isTerminal: boolean): void {
    this.target.write(isTerminal ? `\r\u001B[K${redact(text)}` : `${redact(text)}\n`);
  }
}
