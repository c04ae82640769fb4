/** Where a death may strike: anywhere in a tick, or only from the moment on at which an order is under way. */
export type DeathFrom = 'tick' | 'order';

/**
 * Life and death of the simulated process. Every seam to the outside passes through here, before and after; when its time has come
 * the process dies: whoever waits for that seam never gets an answer, so no `catch` and no `finally` of the code under test ever runs,
 * as with `kill -9`.
 */
export class Mortality {
  /** Names of the seams passed in this life, newest last; for reports. */
  readonly passed: string[] = [];
  private left = Infinity;
  private from: DeathFrom = 'tick';
  private isOrdering = false;
  private isDead = false;
  private die: () => void = () => undefined;
  private dying: Promise<void> = Promise.resolve();

  constructor() {
    this.beBorn();
  }

  get dead(): boolean {
    return this.isDead;
  }

  /** A new process begins. What waits in the old one waits for ever. */
  beBorn(): void {
    this.isDead = false;
    this.isOrdering = false;
    this.left = Infinity;
    this.passed.length = 0;
    this.dying = new Promise((resolve) => {
      this.die = resolve;
    });
  }

  /** The process will die at the `points`-th seam from now, or from when an order is under way. */
  arm(points: number, from: DeathFrom): void {
    this.left = points;
    this.from = from;
    this.isOrdering = false;
  }

  /** A death that found no seam to strike at comes when the tick is over; one that waits for an order keeps waiting. */
  endTick(): void {
    this.isOrdering = false;
    if (this.from === 'tick' && this.left !== Infinity) this.kill();
  }

  disarm(): void {
    this.left = Infinity;
    this.isOrdering = false;
  }

  /** From here on an order is under way. */
  noteOrder(): void {
    this.isOrdering = true;
  }

  /** One seam, before or after. Never resolves in a process that is dead. */
  async pass(point: string): Promise<void> {
    if (this.isDead) return never();
    this.passed.push(point);
    if (this.from === 'order' && !this.isOrdering) return undefined;
    if (this.left-- > 0) return undefined;
    this.kill();
    return never();
  }

  kill(): void {
    this.isDead = true;
    this.die();
  }

  /** @returns what the work returned, or null when the process died over it */
  async survive<T>(work: Promise<T>): Promise<T | null> {
    return Promise.race([work, this.dying.then(() => null)]);
  }
}

function never(): Promise<never> {
  return new Promise(() => undefined);
}
