const FIRST_PAUSE_MS = 2000;
const LONGEST_PAUSE_MS = 60_000;

/**
 * How long an exchange that does not answer is left alone: twice as long each time, up to a minute, and never the same for two bots. What
 * it asked for itself (`Retry-After`) is kept by the client.
 */
export class Outage {
  private failures = 0;
  private beganAt: number | null = null;
  private quietUntil = 0;

  /** @param random uniform on [0, 1) */
  constructor(private readonly random: () => number) {}

  /** ms for which nothing should be asked yet. @param atMs monotonic, as all times here */
  pauseMs(atMs: number): number {
    return Math.max(0, this.quietUntil - atMs);
  }

  /** @returns whether this failure is the first: the one to tell about */
  failed(atMs: number): boolean {
    const longest = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(this.failures, 10));
    this.quietUntil = atMs + longest * (0.5 + this.random() / 2);
    this.failures++;
    this.beganAt ??= atMs;
    return this.failures === 1;
  }

  /** @returns how long it lasted, ms; null when there was none */
  over(atMs: number): number | null {
    const lasted = this.beganAt === null ? null : atMs - this.beganAt;
    this.failures = 0;
    this.beganAt = null;
    this.quietUntil = 0;
    return lasted;
  }
}
