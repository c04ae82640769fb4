import { Malformed } from './wire-shape.js';

/** Most rows that Binance gives in one reply. */
export const PAGE_ROWS = 1000;
/** Longest stretch of time that one question may be about. */
export const WINDOW_MS = 86_400_000;

export interface Pages<T> {
  /** Rows of fromMs <= time <= toMs, the oldest ones first. */
  readonly within: (fromMs: number, toMs: number) => Promise<readonly T[]>;
  /** Rows with at least this id, the lowest first. */
  readonly fromId: (id: string) => Promise<readonly T[]>;
  readonly idOf: (row: T) => string;
  readonly timeOf: (row: T) => number;
}

/** Days that are asked for one by one; what goes further back is paged through from the very first row. */
const MOST_WINDOWS = 30;

/** Every row from a moment on: days are asked for until one has rows, and from its first id on the rest, page by page. */
export async function sweepFromTime<T>(pages: Pages<T>, sinceMs: number, nowMs: number): Promise<readonly T[]> {
  if (nowMs - sinceMs > MOST_WINDOWS * WINDOW_MS) return (await sweepFromId(pages, '0')).filter((row) => pages.timeOf(row) >= sinceMs);
  for (let fromMs = sinceMs; fromMs <= nowMs; fromMs += WINDOW_MS) {
    const found = await pages.within(fromMs, fromMs + WINDOW_MS - 1);
    if (found.length === 0) continue;
    const rows = inOrder(found, pages.idOf);
    return [...rows, ...(await sweepFromId(pages, nextId(pages.idOf(rows[rows.length - 1]))))];
  }
  return [];
}

/** Every row with at least this id. */
export async function sweepFromId<T>(pages: Pick<Pages<T>, 'fromId' | 'idOf'>, firstId: string): Promise<readonly T[]> {
  const all: T[] = [];
  for (let id = firstId; ; ) {
    const rows = inOrder(await pages.fromId(id), pages.idOf);
    if (rows.length > 0 && BigInt(pages.idOf(rows[0])) < BigInt(id)) throw new Malformed('a page begins before its first id');
    all.push(...rows);
    if (rows.length < PAGE_ROWS) return all;
    id = nextId(pages.idOf(rows[rows.length - 1]));
  }
}

export function nextId(id: string): string {
  return String(BigInt(id) + 1n);
}

/** Ascending by id. A row that comes twice would be booked twice. */
function inOrder<T>(rows: readonly T[], idOf: (row: T) => string): readonly T[] {
  const sorted = [...rows].sort((a, b) => (BigInt(idOf(a)) < BigInt(idOf(b)) ? -1 : 1));
  if (sorted.some((row, i) => i > 0 && idOf(row) === idOf(sorted[i - 1]))) throw new Malformed('a page holds a row twice');
  return sorted;
}
