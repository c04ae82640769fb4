import type { TickReport } from '../bot/tick-report.js';
import type { Clock } from '../domain/clock.js';

export type HealthStatus = 'up' | 'degraded' | 'halted';

/** A tick may be late by so much before that is a reason to look. */
const TOLERANCE_MS = 60_000;

/** What the service remembers of its last tick, for those who only look. It asks neither the ledger nor the exchange. */
export class StatusBoard {
  private report: TickReport | null = null;
  /** By the steady clock: the time of day may be set. */
  private seenAt: number;
  private stopping = false;

  /** @param everyMs longest time between the beginnings of two ticks, their delay and deadline included */
  constructor(
    private readonly clock: Pick<Clock, 'monotonic'>,
    private readonly everyMs: number,
  ) {
    this.seenAt = clock.monotonic();
  }

  get last(): TickReport | null {
    return this.report;
  }

  /** Since the last tick ended; before the first one since the service began. */
  get quietMs(): number {
    return this.clock.monotonic() - this.seenAt;
  }

  see(report: TickReport): void {
    this.report = report;
    this.seenAt = this.clock.monotonic();
  }

  stop(): void {
    this.stopping = true;
  }

  /** `halted`: a person has to act. `degraded`: it lives, and does not do all that it should. */
  get status(): HealthStatus {
    if (this.report === null || this.stopping) return 'degraded';
    const { level, outcome } = this.report;
    if (level === 'HALTED' || outcome === 'halted') return 'halted';
    return level === 'REDUCING' || outcome === 'skipped' || outcome === 'unknown' || this.quietMs > this.everyMs + TOLERANCE_MS ? 'degraded' : 'up';
  }
}
