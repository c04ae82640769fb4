/** After the exchange stops taking a request its engine may still be busy with one that it took: 10 s it works at most, and 30 s for us. */
const ENGINE_MS = 10_000;
const MARGIN_MS = 30_000;

/** Misses that count: so many in a row, and so far apart. */
const MISSES = 3;
const MISS_GAP_MS = 5000;

/** Pauses between questions about an order of unknown outcome; the last one repeats. */
const PAUSES_MS = [1000, 2000, 4000, 8000, 15_000];

/** Time after which what could not be settled is for a person to settle. */
const OVERDUE_MS = 15 * 60_000;

/**
 * How long an order has been looked for, and how often in vain. Times are exchange time, UTC ms. What was answered lives in memory: after
 * a restart the counting begins anew.
 */
export class Quarantine {
  private looks = 0;
  private lastLookAt: number;
  private misses = 0;
  private lastMissAt = -Infinity;
  private falsehoods = 0;

  /** @param since a moment at which the request had certainly left */
  constructor(
    readonly since: number,
    private readonly recvWindowMs: number,
  ) {
    this.lastLookAt = since;
  }

  /** From here on the exchange cannot begin with the order any more. */
  get endsAt(): number {
    return this.since + this.recvWindowMs + ENGINE_MS + MARGIN_MS;
  }

  /** When to ask next. Once the time is over only the gap between misses is waited for. */
  nextLookAt(): number {
    const pauseMs = PAUSES_MS[Math.min(this.looks, PAUSES_MS.length - 1)];
    const next = this.lastLookAt + pauseMs;
    return next > this.endsAt ? Math.max(this.endsAt, this.lastLookAt + MISS_GAP_MS) : next;
  }

  /** The exchange said that it knows no such order. It counts when the time is over. */
  miss(at: number): void {
    this.look(at);
    if (at < this.endsAt || at - this.lastMissAt < MISS_GAP_MS) return;
    this.misses++;
    this.lastMissAt = at;
  }

  /** There was no answer, or none that can be used: misses must follow on each other. */
  silence(at: number): void {
    this.look(at);
    this.misses = 0;
    this.lastMissAt = -Infinity;
  }

  /** There was an answer, and it cannot be true. */
  falsehood(at: number): void {
    this.silence(at);
    this.falsehoods++;
  }

  /** Whether it was missed often enough for other evidence to be looked at. */
  get isOver(): boolean {
    return this.misses >= MISSES;
  }

  /** Time enough has passed, and answers enough have come, for a person to be asked. Silence alone never gets so far: it may end. */
  isOverdue(at: number): boolean {
    return at - this.since >= OVERDUE_MS && (this.isOver || this.falsehoods >= MISSES);
  }

  private look(at: number): void {
    this.looks++;
    this.lastLookAt = at;
  }
}
