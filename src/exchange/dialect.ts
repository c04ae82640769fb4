import type { MarketRules } from '../domain/market-rules.js';
import type { OrderReading } from './placement.js';
import type { Balances, BookTop, KeyPermissions, WireOrder, WireReport, WireTrade } from './trading-client.js';
import type { WireCall } from './wire-call.js';
import type { Permit } from './wire-tap.js';

/** One question to an exchange: how it is asked and how the answer is read. */
export interface Question<T> {
  /** Asks by means of the library; what it returns or throws is looked at only where the wire alone cannot be read. */
  readonly send: () => Promise<unknown>;
  /** A good reply. @throws Malformed */
  readonly read: (call: WireCall) => T;
  /** What a refusal means where it is an answer, too, such as "there is none"; undefined where it is a fault. */
  readonly readRefusal?: (call: WireCall) => T | undefined;
  /** More than one request, for exchanges that need it. */
  readonly requests?: number;
}

/** Asks a question until it is answered or has failed. @throws ExchangeError */
export type Ask = <T>(doing: string, question: Question<T>) => Promise<T>;

/** Something that changes an order: one request, looked at before it leaves. */
export interface Command {
  readonly send: () => Promise<unknown>;
  readonly permit: Permit;
}

/** How one family of exchanges is spoken to: which requests to make by means of ccxt, and what their replies say. */
export interface Dialect extends OrderReading {
  /** Whatever has to be known before an order can be sent. @throws ExchangeError */
  prepare(ask: Ask): Promise<void>;
  place(order: WireOrder): Command;
  cancel(symbol: string, exchangeOrderId: string): Command;
  /** A whole reply that says yes; what it says is still to be read. */
  isGood(call: WireCall): boolean;
  /** The order is not open, and certainly so. */
  saysNotOpen(call: WireCall): boolean;
  /** The request was stamped by a wrong clock, and certainly not carried out. */
  saysWrongClock(call: WireCall): boolean;
  /** Key, signature or permission are refused. */
  saysNoAccess(call: WireCall): boolean;
  /** Asking again will not help. */
  saysNever(call: WireCall): boolean;

  time(): Question<number>;
  rules(symbol: string): Question<MarketRules>;
  bookTop(symbol: string): Question<BookTop>;
  balances(): Question<Balances>;
  permissions(): Question<KeyPermissions>;
  openOrders(symbol: string): Question<readonly WireReport[]>;
  orderByClientId(symbol: string, clientOrderId: string): Question<WireReport | null>;
  orderByExchangeId(symbol: string, exchangeOrderId: string): Question<WireReport | null>;
  ordersSince(symbol: string, sinceMs: number, nowMs: number, ask: Ask): Promise<readonly WireReport[]>;
  tradesAfter(symbol: string, afterTradeId: string | null, sinceMs: number, nowMs: number, ask: Ask): Promise<readonly WireTrade[]>;
  tradesOfOrder(symbol: string, exchangeOrderId: string, ask: Ask): Promise<readonly WireTrade[]>;
  /** Request weight that one address may use in a minute, when a reply has told; null before. */
  weightLimit(): number | null;
}
