import type { Clock } from '../domain/clock.js';
import type { TickReport } from '../bot/tick-report.js';

/** Calls back once after so many ms, unless it is cancelled. */
export type StartTimer = (ms: number, work: () => void) => { cancel(): void };

/** A timer of the engine counts in 32 bits: a longer wait would end at once. */
export const LONGEST_TIMER_MS = 2 ** 31 - 1;

export interface TickLoopParts {
  readonly runOnce: (nowMs: number) => Promise<TickReport>;
  readonly onReport: (report: TickReport) => void;
  /** Something that nobody expected: the process has to end. Called once at most. */
  readonly onFault: (error: unknown) => void;
  readonly clock: Pick<Clock, 'now' | 'monotonic'>;
  readonly startTimer: StartTimer;
  /** Uniform on [0, 1): bots that were stopped by one outage do not come back in the same moment. */
  readonly random: () => number;
}

/** Share of a wait by which it may be longer. */
const JITTER = 0.2;

/**
 * Runs ticks one after the other. Whoever wakes it while a tick runs gets one more after it, however often it was woken: a tick that was
 * missed is made up for by looking at what there is now, never by a queue. A tick that left something open is followed by another look.
 */
export class TickLoop {
  private running: Promise<void> | null = null;
  private woken = false;
  private stopped = false;
  private again: { cancel(): void } | null = null;
  private begun: number | null = null;

  constructor(private readonly parts: TickLoopParts) {}

  /** How long the running tick has been running, ms; 0 while none runs. */
  get runningForMs(): number {
    return this.begun === null ? 0 : this.parts.clock.monotonic() - this.begun;
  }

  /** Resolves when the ticks that it caused are over. */
  async wake(): Promise<void> {
    if (this.stopped) return;
    this.woken = true;
    this.running ??= this.run().finally(() => {
      this.running = null;
    });
    await this.running;
  }

  /** No further tick begins. Resolves when the running one is over. */
  async stop(): Promise<void> {
    this.stopped = true;
    this.again?.cancel();
    await this.running;
  }

  private async run(): Promise<void> {
    while (this.woken && !this.stopped) {
      this.woken = false;
      this.again?.cancel();
      this.again = null;
      this.begun = this.parts.clock.monotonic();
      try {
        const report = await this.parts.runOnce(this.parts.clock.now());
        this.begun = null;
        this.parts.onReport(report);
        if (report.lookAgainMs !== null) this.lookAgainIn(report.lookAgainMs);
      } catch (error) {
        this.stopped = true;
        this.begun = null;
        this.parts.onFault(error);
      }
    }
  }

  private lookAgainIn(ms: number): void {
    if (this.stopped) return;
    const wait = Math.min(LONGEST_TIMER_MS, ms * (1 + JITTER * this.parts.random()));
    this.again = this.parts.startTimer(wait, () => void this.wake());
  }
}
