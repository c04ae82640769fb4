import type { DecimalText } from '../domain/decimal.js';
import type { MarketRules } from '../domain/market-rules.js';
import type { Side } from '../domain/order.js';

/** An order as it goes out. Everything in it is final: nothing is rounded, added or left out on the way. */
export interface WireOrder {
  readonly symbol: string;
  readonly clientOrderId: string;
  readonly side: Side;
  readonly type: 'market' | 'limit' | 'stop_loss_limit';
  /** null for market orders. */
  readonly timeInForce: 'GTC' | 'IOC' | null;
  readonly quantity: DecimalText;
  /** null for market orders, for then the exchange library would make another order of it. */
  readonly limitPrice: DecimalText | null;
  /** Price at which a stop becomes an order; null for all others. */
  readonly stopPrice: DecimalText | null;
}

/** One execution as the exchange tells it, every amount as it was written. */
export interface WireTrade {
  readonly tradeId: string;
  readonly exchangeOrderId: string;
  readonly side: Side;
  readonly price: DecimalText;
  readonly quantity: DecimalText;
  readonly commission: DecimalText;
  readonly commissionAsset: string;
  /** UTC ms, exchange time. */
  readonly executedAt: number;
}

/** An order as the exchange tells it. */
export interface WireReport {
  readonly symbol: string;
  readonly exchangeOrderId: string;
  /** After a cancel the exchange may have put the cancel's id here. */
  readonly clientOrderId: string;
  readonly side: Side;
  readonly state: 'OPEN' | 'PARTIAL' | 'FILLED' | 'CANCELED' | 'EXPIRED';
  readonly quantity: DecimalText;
  readonly executedQuantity: DecimalText;
  /** The executions that came with the reply; null when it held none, or not all: ask `tradesOfOrder`. */
  readonly trades: readonly WireTrade[] | null;
  /** Why it ended early, in the exchange's word; null where it says nothing. */
  readonly reason: string | null;
  /** UTC ms, exchange time, of the order itself. */
  readonly at: number;
}

/** What a refusal asks for besides taking no for an answer. */
export type Consequence =
  | 'none'
  | 'reread_rules' // a filter: they may have changed
  | 'resync_clock'
  | 'wait' // a limit: leave the exchange alone for retryAfterMs
  | 'halt'; // key, signature, permission: nothing will work before a person has looked

/** What became of sending an order, decided from status and numeric code alone. */
export type Placement =
  | { readonly kind: 'accepted'; readonly report: WireReport }
  /** Certain: the exchange has looked at it and not taken it. */
  | { readonly kind: 'refused'; readonly code: string; readonly message: string; readonly consequence: Consequence; readonly retryAfterMs: number }
  /** Certain: it never left this machine. */
  | { readonly kind: 'not_sent'; readonly message: string }
  /** Anything else. It may have been executed; look it up, never send it again. */
  | { readonly kind: 'unknown'; readonly message: string; readonly alarm: boolean };

/** What became of a cancel. In doubt the order is looked up by its exchange id. */
export type Cancellation =
  | { readonly kind: 'done'; readonly report: WireReport }
  /** The exchange knows no such open order: it is done already. */
  | { readonly kind: 'not_open' }
  | { readonly kind: 'unknown'; readonly message: string };

export interface Balance {
  readonly free: DecimalText;
  readonly locked: DecimalText;
}

/** Every asset that the account has; an asset that is not named is held in the amount 0. */
export type Balances = Readonly<Record<string, Balance>>;

export interface BookTop {
  readonly bid: DecimalText;
  readonly bidQuantity: DecimalText;
  readonly ask: DecimalText;
  readonly askQuantity: DecimalText;
}

/** What the key may do; null where the exchange does not say. */
export interface KeyPermissions {
  readonly canTrade: boolean | null;
  readonly canWithdraw: boolean | null;
  readonly canTransfer: boolean | null;
  readonly ipRestricted: boolean | null;
  /** UTC ms at which the right to trade ends. */
  readonly tradingExpiresAt: number | null;
}

/**
 * What can be asked about one account. Reads throw `ExchangeUnavailable` (try again later), `ExchangeRefused` or
 * `ExchangeAuthError`, and never answer with a default. Every call has its own deadline, its body included.
 */
export abstract class TradingAccount {
  /** ccxt's name of the exchange. */
  abstract readonly exchange: string;

  /** Exchange time. */
  abstract serverTime(): Promise<number>;
  /** The market's filters as they are now, not from a cache. */
  abstract rules(symbol: string): Promise<MarketRules>;
  abstract bookTop(symbol: string): Promise<BookTop>;
  abstract balances(): Promise<Balances>;
  abstract permissions(): Promise<KeyPermissions>;
  abstract openOrders(symbol: string): Promise<readonly WireReport[]>;
  /** Every order of the account on the market from `sinceMs` on, oldest first, done or not. */
  abstract ordersSince(symbol: string, sinceMs: number): Promise<readonly WireReport[]>;
  /** Every trade of the account on the market with an id above `afterTradeId`, oldest first, all pages; null: from `sinceMs` on. */
  abstract tradesAfter(symbol: string, afterTradeId: string | null, sinceMs: number): Promise<readonly WireTrade[]>;
}

/**
 * An account on a real exchange, and the orders that go there. Orders never throw for anything that the exchange does, and nothing
 * in here is ever sent twice, but for one case: a request stamped by a wrong clock (-1021), which the exchange has certainly
 * not taken, is sent once more after the clock was set.
 */
export abstract class TradingClient extends TradingAccount {
  /** Where orders go, e.g. `https://api.binance.com`; shown at start. */
  abstract readonly origin: string;
  /** ms after its own timestamp at which the exchange stops taking a signed request. */
  abstract readonly recvWindowMs: number;

  abstract place(order: WireOrder): Promise<Placement>;
  abstract cancel(symbol: string, exchangeOrderId: string): Promise<Cancellation>;
  /** null: the exchange answered that it knows no such order at this moment, which proves nothing yet. */
  abstract orderByClientId(symbol: string, clientOrderId: string): Promise<WireReport | null>;
  abstract orderByExchangeId(symbol: string, exchangeOrderId: string): Promise<WireReport | null>;
  abstract tradesOfOrder(symbol: string, exchangeOrderId: string): Promise<readonly WireTrade[]>;

  /** ms for which the exchange still wants to be left alone; 0 when it has no wish. Nothing is sent meanwhile: reads throw, orders are `not_sent`. */
  abstract waitMs(): number;
  /** Leaves the exchange alone until then (exchange time, UTC ms): what an earlier process was told still holds. */
  abstract waitUntil(untilMs: number): void;
  /** Share of this minute's request weight that is used, own and others', 0 to 1; null where the exchange does not say. */
  abstract weightUsed(): number | null;
}
