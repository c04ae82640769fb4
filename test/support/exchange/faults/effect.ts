import type { RuleChanges } from '../market/symbol-rules.js';

/** Things done to one reply or its transport. */
export type ReplyEffect =
  | { type: 'latency'; ms: number }
  | { type: 'reset'; atByte?: number }
  | { type: 'close'; atByte?: number }
  | { type: 'stall'; atByte?: number; ms?: number }
  | { type: 'drip'; bytesPerSec: number }
  | { type: 'refuse'; ms: number }
  | { type: 'http'; status: number; body?: string; headers?: Record<string, string> }
  | { type: 'error'; status?: number; code: number; msg?: string }
  | { type: 'truncate'; bytes?: number }
  | { type: 'replace'; kind: ReplacementKind }
  | { type: 'mutate'; jsonPath: string; value: unknown }
  | { type: 'redirect'; location: string; status?: 301 | 302 | 307 | 308 }
  | ({ type: 'klines' } & KlineOperation);

export type ReplacementKind = 'empty' | 'null' | '{}' | '[]' | 'html' | 'binary' | 'deep' | 'huge';

/** Things done to the way one request is carried out. */
export type ExecutionEffect = { type: 'delayExec'; ms: number } | { type: 'dupExec' } | { type: 'slip'; ticks: number };

/** Things done to the exchange itself, which last. With `forMs` they end by themselves. */
export type StateEffect =
  | { type: 'lag'; endpoint: LagName; ms: number; forMs?: number }
  | { type: 'skew'; ms: number; forMs?: number }
  | { type: 'weight'; used: number }
  | { type: 'ban'; sec: number }
  | { type: 'key'; key?: string; active?: boolean; perms?: string[]; ips?: string[] | null; forMs?: number }
  | { type: 'symbol'; symbol?: string; status?: string; delist?: boolean; filters?: RuleChanges; forMs?: number }
  | { type: 'filters'; symbol?: string; filters: RuleChanges; forMs?: number }
  | { type: 'maintenance'; ms: number }
  | { type: 'liquidity'; symbol?: string; levels?: number; levelQty?: string | number; forMs?: number }
  | { type: 'slip'; symbol?: string; ticks: number }
  | { type: 'refuse'; ms: number }
  | { type: 'balance'; asset: string; delta?: string | number; bps?: number; reason?: string }
  | { type: 'foreignOrder'; order: Record<string, string> }
  | { type: 'cancelForeign'; orderId?: number }
  | { type: 'exchangeCancel'; orderId?: number };

export type Effect = ReplyEffect | ExecutionEffect | StateEffect;

/** The views that can trail the engine, in ms. */
export interface Lags {
  order: number;
  openOrders: number;
  allOrders: number;
  myTrades: number;
  account: number;
  /** The forming candle appears so long after its open time. */
  klineForming: number;
  /** So long after its close a candle still lacks its last step. */
  klineFinal: number;
}

export type LagName = keyof Lags;

/** Damage to a klines reply. `index` counts from the newest row, 0 being the forming one. */
export type KlineOperation =
  | { op: 'drop'; index?: number; from?: number; to?: number }
  | { op: 'dup'; index?: number }
  | { op: 'shuffle' }
  | { op: 'reverse' }
  | { op: 'revise'; index?: number; field?: KlineField; mulBps: number }
  | { op: 'set'; index?: number; field?: KlineField; value: unknown }
  | { op: 'lowAboveHigh'; index?: number }
  | { op: 'spike'; index?: number; mulBps: number }
  | { op: 'future'; n?: number }
  | { op: 'stale'; ms: number }
  | { op: 'noForming' }
  | { op: 'misalign'; ms: number }
  | { op: 'otherSymbol'; symbol?: string }
  | { op: 'ignoreLimit' }
  | { op: 'ignoreStart' }
  | { op: 'emptyOnce' }
  | { op: 'short'; n: number };

export type KlineField = 'openTime' | 'open' | 'high' | 'low' | 'close' | 'volume' | 'closeTime';
