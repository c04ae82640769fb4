export type ClockMode = 'virtual' | 'anchored';

/**
 * The exchange's time, integer ms. A virtual clock stands still until it is moved; an anchored one follows the wall clock,
 * `timeScale` virtual ms per wall ms.
 */
export class Clock {
  /** What the exchange's own time is off by: `/time` and the checks of signed requests use it, candles do not. */
  skewMs = 0;

  private current: number;
  private anchorMs = 0;
  private wallAnchorMs = 0;
  private modeNow: ClockMode = 'virtual';

  constructor(
    startMs: number,
    mode: ClockMode,
    readonly timeScale: number,
    private readonly wall: () => number = Date.now,
  ) {
    this.current = startMs;
    this.setMode(mode);
  }

  get mode(): ClockMode {
    return this.modeNow;
  }

  get now(): number {
    return this.current;
  }

  get serverTime(): number {
    return this.current + this.skewMs;
  }

  /** Where an anchored clock should be by now; a virtual one is where it is. */
  get due(): number {
    if (this.modeNow === 'virtual') return this.current;
    return Math.max(this.current, Math.floor(this.anchorMs + (this.wall() - this.wallAnchorMs) * this.timeScale));
  }

  setMode(mode: ClockMode): void {
    this.modeNow = mode;
    this.anchor();
  }

  /** Moves forward to `toMs`; earlier times are ignored, for time never runs back. */
  moveTo(toMs: number): void {
    this.current = Math.max(this.current, toMs);
  }

  /** From here an anchored clock counts the wall clock's time anew. */
  anchor(): void {
    this.anchorMs = this.current;
    this.wallAnchorMs = this.wall();
  }
}
