import type { Consequence, WireOrder } from '../exchange/trading-client.js';
import type { DecimalText } from '../domain/decimal.js';
import type { OrderState, Side, TradingMode } from '../domain/order.js';
import type { NewFill } from '../persistence/booking/book-fills.js';

/** An order whose quantity, prices and id are final. */
export interface OrderRequest extends WireOrder {
  /** Price that the decision was made on, and the quantity computed from. */
  readonly referencePrice: string;
}

/** What identifies an order that was sent; an order of the ledger is one. */
export interface SentOrder {
  readonly symbol: string;
  readonly clientOrderId: string;
  /** null while nobody knows whether there is one. */
  readonly exchangeOrderId: string | null;
  /** An answer about an order of another side or quantity is about another order. */
  readonly side: Side;
  readonly quantity: DecimalText;
}

/** What is known of an order: its state, and every execution it ever had. */
export interface ExecutionReport {
  readonly state: Extract<OrderState, 'OPEN' | 'PARTIAL' | 'FILLED' | 'CANCELED' | 'EXPIRED'>;
  readonly exchangeOrderId: string;
  /** All of them: their quantities add up to what was executed. */
  readonly fills: readonly NewFill[];
  readonly reason: string | null;
}

/** What became of an order, seen from here. Only `refused` and `not_sent` say for certain that no money moved. */
export type OrderOutcome =
  | { readonly kind: 'known'; readonly report: ExecutionReport }
  | { readonly kind: 'refused'; readonly code: string; readonly message: string; readonly consequence: Consequence; readonly retryAfterMs: number }
  | { readonly kind: 'not_sent'; readonly message: string }
  | { readonly kind: 'unknown'; readonly message: string; readonly alarm: boolean };

export type LookUp =
  | { readonly kind: 'found'; readonly report: ExecutionReport }
  /** At this moment there is none; what that proves is for whoever asked to judge. */
  | { readonly kind: 'not_found' }
  /** `alarm`: there was an answer, and it cannot be true; asking again will hardly help. */
  | { readonly kind: 'unavailable'; readonly message: string; readonly alarm?: boolean };

/** Carries orders out: on paper or on an exchange. Nothing in here writes the ledger, or decides. */
export abstract class Executor {
  abstract readonly mode: TradingMode;
  abstract readonly exchange: string;

  /**
   * Sends the order, once. Never throws for what the exchange does; an order that nobody may send (no number, negative, a price on a
   * market order) is refused before anything leaves.
   */
  abstract execute(order: OrderRequest, nowMs: number): Promise<OrderOutcome>;

  /** By exchange id where there is one, else by client id. */
  abstract lookUp(order: SentOrder): Promise<LookUp>;

  /** Cancels a working order. `found` with its final report; `not_found` when there is none; in doubt `unavailable`. */
  abstract cancel(order: SentOrder): Promise<LookUp>;
}
