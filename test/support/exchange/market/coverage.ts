interface Span {
  fromMs: number;
  /** Inclusive. */
  toMs: number;
}

/**
 * The times in which a market was up. Inside them every interval has a candle, traded or not; outside there are none.
 */
export class Coverage {
  private readonly spans: Span[] = [];

  /** @param longestGapMs steps further apart than this leave a hole */
  constructor(private readonly longestGapMs: number) {}

  /** The market was up at `timeMs`; times come in ascending order. */
  note(timeMs: number): void {
    const last = this.spans.at(-1);
    if (last !== undefined && timeMs - last.toMs <= this.longestGapMs) last.toMs = timeMs;
    else this.spans.push({ fromMs: timeMs, toMs: timeMs });
  }

  /** Whether a step at `nextMs` will join on to the last one, so that the market is up in between. */
  joins(nextMs: number): boolean {
    const last = this.spans.at(-1);
    return last !== undefined && nextMs - last.toMs <= this.longestGapMs;
  }

  /**
   * The covered spans, ascending.
   *
   * @param liveUntilMs end of the last span while the market is up; null when it is not
   */
  list(liveUntilMs: number | null): readonly Span[] {
    const last = this.spans.at(-1);
    if (liveUntilMs === null || last === undefined || liveUntilMs <= last.toMs) return this.spans;
    return [...this.spans.slice(0, -1), { fromMs: last.fromMs, toMs: liveUntilMs }];
  }
}

/** Whether any span meets `[fromMs, toMs]`. */
export function isCovered(spans: readonly Span[], fromMs: number, toMs: number): boolean {
  for (let i = spans.length - 1; i >= 0; i--) {
    if (spans[i].toMs < fromMs) return false;
    if (spans[i].fromMs <= toMs) return true;
  }
  return false;
}

/** The last covered moment before `timeMs`, or -Infinity. */
export function lastCoveredBefore(spans: readonly Span[], timeMs: number): number {
  for (let i = spans.length - 1; i >= 0; i--) {
    if (spans[i].fromMs < timeMs) return Math.min(spans[i].toMs, timeMs - 1);
  }
  return -Infinity;
}

/** The first covered moment at or after `timeMs`, or Infinity. */
export function firstCoveredFrom(spans: readonly Span[], timeMs: number): number {
  for (const span of spans) {
    if (span.toMs >= timeMs) return Math.max(span.fromMs, timeMs);
  }
  return Infinity;
}

export type { Span };
