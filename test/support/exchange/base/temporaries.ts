import type { Timeline } from './timeline.js';

interface Active {
  /** Values still in force, oldest first. */
  values: { value: unknown }[];
  settle: (values: unknown[]) => void;
}

/**
 * Changes that end by themselves. Several of the same thing may overlap: when one ends, those still in force decide, and when
 * none is, what was before the first of them.
 */
export class Temporaries {
  private readonly active = new Map<string, Active>();

  constructor(
    private readonly timeline: Timeline,
    private readonly now: () => number,
  ) {}

  /**
   * Puts a value in force.
   *
   * @param key what it is a value of
   * @param forMs how long it is in force; for ever when undefined, and then nothing temporary is left of it
   * @param settle brings about the state that follows from the values in force, oldest first; none means the state at this call
   */
  set<T>(key: string, value: T, forMs: number | undefined, settle: (values: T[]) => void): void {
    if (forMs === undefined) {
      this.active.delete(key);
      settle([value]);
      return;
    }
    const active = this.active.get(key) ?? { values: [], settle: settle as (values: unknown[]) => void };
    this.active.set(key, active);
    const entry = { value };
    active.values.push(entry);
    this.settle(active);
    this.timeline.at(this.now() + forMs, () => this.end(key, active, entry));
  }

  private end(key: string, active: Active, entry: { value: unknown }): void {
    if (this.active.get(key) !== active) return;
    active.values = active.values.filter((other) => other !== entry);
    if (active.values.length === 0) this.active.delete(key);
    this.settle(active);
  }

  private settle({ values, settle }: Active): void {
    settle(values.map(({ value }) => value));
  }
}
