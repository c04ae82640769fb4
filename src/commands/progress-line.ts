import { redact } from '../domain/redact.js';

const BAR_WIDTH = 24;
const PLAIN_EVERY_MS = 5000;

export interface Progress {
  readonly done: number;
  readonly total: number;
  /** Units made, for the rate. */
  readonly items: number;
}

/** Where progress is written: a terminal's line is drawn again, anything else gets a line now and then. */
export interface ProgressTarget {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

/** Progress of something that takes longer than a moment: share, rate, time left. */
export class ProgressLine {
  private readonly startedMs: number;
  private lastMs = -Infinity;

  constructor(
    private readonly label: string,
    private readonly unit: string,
    private readonly target: ProgressTarget,
    private readonly now: () => number,
  ) {
    this.startedMs = now();
  }

  update(progress: Progress): void {
    const nowMs = this.now();
    const interval = this.target.isTTY === true ? 100 : PLAIN_EVERY_MS;
    if (nowMs - this.lastMs < interval) return;
    this.lastMs = nowMs;
    const text = progressText(this.label, this.unit, progress, nowMs - this.startedMs);
    this.target.write(this.target.isTTY === true ? `\r\u001B[K${redact(text)}` : `${redact(text)}\n`);
  }

  /** Replaces the line with what there is to say at the end. */
  end(text: string): void {
    this.target.write(this.target.isTTY === true ? `\r\u001B[K${redact(text)}\n` : `${redact(text)}\n`);
  }
}

export function progressText(label: string, unit: string, { done, total, items }: Progress, elapsedMs: number): string {
  const share = total > 0 ? Math.min(1, done / total) : 1;
  const filled = Math.round(share * BAR_WIDTH);
  const rate = elapsedMs > 0 ? items / (elapsedMs / 1000) : 0;
  const left = share > 0 && elapsedMs > 500 ? `, ${duration((elapsedMs / share) * (1 - share))} left` : '';
  return `${label} [${'#'.repeat(filled)}${'.'.repeat(BAR_WIDTH - filled)}] ${String(Math.floor(share * 100)).padStart(3)} %  ${items.toLocaleString('en-US')} ${unit}, ${Math.round(rate).toLocaleString('en-US')}/s${left}`;
}

/** `45 s`, `3 min`, `2.5 h` */
export function duration(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  if (seconds < 100) return `${seconds} s`;
  return seconds < 6000 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`;
}
