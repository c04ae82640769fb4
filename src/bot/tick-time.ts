import type { Clock } from '../domain/clock.js';
import { TradingBotError } from '../domain/errors.js';
import type { Reconciliation } from '../execution/reconciliation.js';

/** The tick has no time left: nothing new is begun, and what was begun has been finished. */
export class TickDeadline extends TradingBotError {
  readonly code = 'TICK.DEADLINE';
}

/** How long a tick has been running, and what the exchange's clock says by now. */
export class TickTime {
  /** From here on an order may be under way. */
  isOrdering = false;
  private readonly started: number;
  private server: { readonly time: number; readonly offsetMs: number; readonly at: number } | null = null;

  constructor(
    private readonly clock: Clock,
    private readonly deadlineMs: number,
    private readonly localMs: number,
  ) {
    this.started = clock.monotonic();
  }

  get tookMs(): number {
    return this.clock.monotonic() - this.started;
  }

  /** From now on exchange time is known. */
  reconciled({ serverTime, offsetMs }: Reconciliation): void {
    this.server = { time: serverTime, offsetMs, at: this.clock.monotonic() };
  }

  /**
   * Exchange time, UTC ms, whole. A machine that slept in the middle of a tick has a steady clock that slept, too, and a local one that did
   * not: the later of the two is believed.
   */
  serverNow(): number {
    if (this.server === null) return Math.round(this.localMs + this.tookMs);
    const { time, offsetMs, at } = this.server;
    return Math.round(Math.max(time + this.clock.monotonic() - at, this.clock.now() + offsetMs));
  }

  /** @throws TickDeadline before something new is begun too late */
  check(next: string): void {
    if (this.tookMs > this.deadlineMs) throw new TickDeadline(`After ${Math.round(this.tookMs)} ms the tick is over: ${next} was not begun`);
  }
}
