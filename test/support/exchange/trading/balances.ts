import { format, type Units, units } from '../base/decimal.js';
import type { Journal, TradeRecord } from '../base/journal.js';

export interface Balance {
  free: Units;
  locked: Units;
}

interface Change {
  atMs: number;
  asset: string;
  before: Balance;
}

/** Changes older than this can no longer be seen through a lag. */
const REMEMBERED_MS = 600_000;

/** The account's money. Every change is journalled, and counted a second time from the trades to prove that nothing gets lost. */
export class Balances {
  private readonly balances = new Map<string, Balance>();
  /** What each asset should come to: start + outside changes + trades - commissions. */
  private readonly expected = new Map<string, Units>();
  private readonly touched = new Set<string>();
  private readonly violations: string[] = [];
  private changes: Change[] = [];
  private changedAtMs: number;
  private readonly startMs: number;

  constructor(
    start: Record<string, string | number>,
    assets: readonly string[],
    private readonly journal: Journal,
    private readonly now: () => number,
  ) {
    this.startMs = now();
    this.changedAtMs = this.startMs;
    for (const asset of [...assets, ...Object.keys(start)].sort()) {
      const free = units(start[asset] ?? 0);
      this.balances.set(asset, { free, locked: 0n });
      this.expected.set(asset, free);
    }
  }

  free(asset: string): Units {
    return this.balances.get(asset)?.free ?? 0n;
  }

  /** Moves free money into a lock, or back when negative. */
  lock(asset: string, amount: Units): void {
    this.change(asset, -amount, amount);
  }

  /** Takes money away, from the lock as far as `fromLock` goes and from free money beyond that. */
  spend(asset: string, amount: Units, fromLock: Units): void {
    this.change(asset, fromLock - amount, -fromLock);
  }

  receive(asset: string, amount: Units): void {
    this.change(asset, amount, 0n);
  }

  /** Money that comes or goes by other ways than trading. What is locked cannot go. */
  external(asset: string, delta: Units, reason: string): void {
    const possible = delta < -this.free(asset) ? -this.free(asset) : delta;
    this.change(asset, possible, 0n);
    this.expect(asset, possible);
    this.journal.add('external', { asset, delta: format(possible), reason });
    this.note('external');
  }

  /** Counts a trade into what the assets should come to. */
  expectTrade(base: string, quote: string, trade: TradeRecord): void {
    const sign = trade.isBuyer ? 1n : -1n;
    this.expect(base, sign * units(trade.qty));
    this.expect(quote, -sign * units(trade.quoteQty));
    this.expect(trade.commissionAsset, -units(trade.commission));
  }

  /** Journals the balances changed since the last call. */
  note(cause: string): void {
    for (const asset of this.touched) {
      const { free, locked } = this.get(asset);
      const problem = this.problem(asset);
      if (problem !== null) this.violations.push(`${problem} (after ${cause}, before entry ${this.journal.entries.length + 1})`);
      this.journal.add('balance', { asset, free: format(free), locked: format(locked), cause });
    }
    this.touched.clear();
  }

  /** One line for each time an asset did not come to what its trades say, or was negative; none when all was well. */
  problems(): string[] {
    return [...this.violations, ...[...this.balances.keys()].flatMap((asset) => this.problem(asset) ?? [])];
  }

  /** The balances as they were at `atMs`, by asset name, and when they had last changed by then. */
  asOf(atMs: number): { balances: Map<string, Balance>; updateTime: number } {
    const balances = new Map([...this.balances].sort(([a], [b]) => (a < b ? -1 : 1)));
    let i = this.changes.length - 1;
    for (; i >= 0 && this.changes[i].atMs > atMs; i--) balances.set(this.changes[i].asset, this.changes[i].before);
    const isLatest = i === this.changes.length - 1;
    const updateTime = isLatest ? this.changedAtMs : (this.changes[i]?.atMs ?? this.startMs);
    return { balances, updateTime };
  }

  private change(asset: string, free: Units, locked: Units): void {
    const before = this.get(asset);
    this.balances.set(asset, { free: before.free + free, locked: before.locked + locked });
    this.changes.push({ atMs: this.now(), asset, before });
    this.changedAtMs = this.now();
    this.touched.add(asset);
    if (this.changes.length > 1024) this.forget();
  }

  private get(asset: string): Balance {
    return this.balances.get(asset) ?? { free: 0n, locked: 0n };
  }

  private problem(asset: string): string | null {
    const { free, locked } = this.get(asset);
    const expected = this.expected.get(asset) ?? 0n;
    if (free >= 0n && locked >= 0n && free + locked === expected) return null;
    return `${asset}: expected ${format(expected)} in all; was ${format(free)} free and ${format(locked)} locked`;
  }

  private expect(asset: string, delta: Units): void {
    this.expected.set(asset, (this.expected.get(asset) ?? 0n) + delta);
  }

  private forget(): void {
    const oldest = this.now() - REMEMBERED_MS;
    if (this.changes[512].atMs < oldest) this.changes = this.changes.filter(({ atMs }) => atMs >= oldest);
  }
}
