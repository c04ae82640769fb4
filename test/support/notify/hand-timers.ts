/** Timers that run out when a test says so. */
export class HandTimers {
  private readonly running = new Set<{ readonly ms: number; readonly work: () => void }>();
  private readonly wanted: { readonly fits: (ms: number) => boolean; readonly found: (ms: number) => void }[] = [];

  readonly start = (ms: number, work: () => void): { cancel(): void } => {
    const timer = { ms, work };
    this.running.add(timer);
    const at = this.wanted.findIndex(({ fits }) => fits(ms));
    if (at >= 0) this.wanted.splice(at, 1)[0].found(ms);
    return { cancel: () => void this.running.delete(timer) };
  };

  /** ms of those that run. */
  get pending(): readonly number[] {
    return [...this.running].map(({ ms }) => ms);
  }

  /** Resolves with the ms of the first timer that fits, as soon as there is one. */
  async until(fits: (ms: number) => boolean): Promise<number> {
    const there = this.pending.find(fits);
    return there ?? new Promise((found) => this.wanted.push({ fits, found }));
  }

  /** Lets the timer run out that has been running for longest. */
  runOutOldest(): void {
    const [oldest] = this.running;
    this.running.delete(oldest);
    oldest.work();
  }

  /** Lets every timer that fits run out. @returns how many did */
  runOut(fits: (ms: number) => boolean = () => true): number {
    const over = [...this.running].filter(({ ms }) => fits(ms));
    for (const timer of over) {
      this.running.delete(timer);
      timer.work();
    }
    return over.length;
  }
}
