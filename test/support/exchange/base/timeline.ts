interface Entry {
  atMs: number;
  order: number;
  run: () => void;
}

/** Work to be done at set times; what is due at the same ms runs in the order it was planned. */
export class Timeline {
  private readonly entries: Entry[] = [];
  private planned = 0;

  get nextMs(): number {
    return this.entries[0]?.atMs ?? Infinity;
  }

  at(atMs: number, run: () => void): void {
    const entry = { atMs, order: this.planned++, run };
    let i = this.entries.length;
    while (i > 0 && this.entries[i - 1].atMs > atMs) i--;
    this.entries.splice(i, 0, entry);
  }

  /** Takes the first entry off and runs it. */
  runNext(): void {
    this.entries.shift()?.run();
  }
}
