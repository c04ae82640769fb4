/** Every kind of entry of the journal, by its name in `type`. Amounts are decimal strings with 8 decimals, times ms. */
export interface JournalRecords {
  request: {
    method: string;
    path: string;
    /** Decoded, without the signature. */
    params: Record<string, string>;
    signed: boolean;
    /** null when the exchange did not look: unsigned, or stopped by an earlier check. */
    keyOk: boolean | null;
    sigOk: boolean | null;
    /** What the client was told; status 0 when no reply reached it. */
    status: number;
    code: number | null;
    msg: string | null;
    rule: string | null;
    phase: 'before' | 'after' | null;
    /** Whether the exchange carried the request out, whatever the client was told. */
    executed: boolean;
    orderId?: number;
    /** Weight used in this minute, this request included. */
    weight: number;
    /** Seconds the client was told to wait. */
    retryAfter?: number;
  };
  order: {
    orderId: number;
    clientOrderId: string;
    symbol: string;
    side: string;
    orderType: string;
    qty: string;
    price: string;
    source: OrderSource;
    /** The request that placed it; 0 for an order that came another way. */
    n0: number;
  };
  fill: TradeRecord & { source: OrderSource; clientOrderId: string };
  state: { orderId: number; from: string; to: string; reason: string };
  balance: { asset: string; free: string; locked: string; cause: string };
  external: { asset: string; delta: string; reason: string };
  step: { symbol: string; last: string };
  fault: { rule: string; phase: 'before' | 'after'; effect: string; n0: number };
  unexpected: { path: string };
  env: { what: 'symbol' | 'maintenance' | 'ban' | 'key' | 'operator'; value: string; subject?: string };
}

export type OrderSource = 'api' | 'foreign';

/** A row of `myTrades`. */
export interface TradeRecord {
  symbol: string;
  id: number;
  orderId: number;
  orderListId: -1;
  price: string;
  qty: string;
  quoteQty: string;
  commission: string;
  commissionAsset: string;
  time: number;
  isBuyer: boolean;
  isMaker: boolean;
  isBestMatch: true;
}

export type JournalKind = keyof JournalRecords;
export type JournalOf<K extends JournalKind> = { n: number; t: number; type: K } & JournalRecords[K];
export type JournalEntry = { [K in JournalKind]: JournalOf<K> }[JournalKind];

/** What happened, in order, numbered from 1. Entries are only ever added. */
export class Journal {
  readonly entries: JournalEntry[] = [];

  /** @param now the time put on each entry, ms */
  constructor(private readonly now: () => number) {}

  add<K extends JournalKind>(type: K, record: JournalRecords[K]): JournalOf<K> {
    const entry = { n: this.entries.length + 1, t: this.now(), type, ...record } as JournalOf<K>;
    this.entries.push(entry as JournalEntry);
    return entry;
  }

  /** Entries of one kind, in order. */
  of<K extends JournalKind>(type: K): JournalOf<K>[] {
    return this.entries.filter((entry): entry is JournalEntry & JournalOf<K> => entry.type === type);
  }
}
