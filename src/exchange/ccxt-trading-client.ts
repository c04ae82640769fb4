import type { Exchange } from 'ccxt';

import { ExchangeAuthError, ExchangeRefused, ExchangeUnavailable, type ExchangeError } from '../domain/errors.js';
import type { MarketRules } from '../domain/market-rules.js';
import type { Dialect, Question } from './dialect.js';
import { ExchangeLine, limitWaitMs, type LineOptions } from './exchange-line.js';
import { objectionTo } from './order-guard.js';
import { plainReport, placementOf } from './placement.js';
import { TradingClient, type Balances, type BookTop, type Cancellation, type KeyPermissions, type Placement, type WireOrder, type WireReport, type WireTrade } from './trading-client.js';
import { neverLeft, type WireCall } from './wire-call.js';
import { Malformed } from './wire-shape.js';

export interface TradingClientOptions extends LineOptions {
  /** Where orders go. */
  readonly origin: string;
  readonly recvWindowMs: number;
}

/** An account on a spot exchange, by means of ccxt. The library and its keys are in private fields, which nothing prints. */
export class CcxtTradingClient extends TradingClient {
  readonly exchange: string;
  readonly origin: string;
  readonly recvWindowMs: number;
  readonly #line: ExchangeLine;
  readonly #dialect: Dialect;

  constructor(exchange: Exchange, dialect: Dialect, options: TradingClientOptions) {
    super();
    this.exchange = exchange.id;
    this.origin = options.origin;
    this.recvWindowMs = options.recvWindowMs;
    this.#dialect = dialect;
    this.#line = new ExchangeLine(exchange, options);
  }

  async place(order: WireOrder): Promise<Placement> {
    const objection = objectionTo(order);
    if (objection !== null) return { kind: 'refused', code: 'LOCAL.INVALID', message: objection, consequence: 'none', retryAfterMs: 0 };
    try {
      await this.#dialect.prepare((doing, question) => this.#ask(doing, question));
    } catch (error) {
      return { kind: 'not_sent', message: `nothing was sent: ${messageOf(error)}` };
    }
    const call = await this.#command(() => this.#dialect.place(order));
    return placementOf(call, order, this.#dialect);
  }

  async cancel(symbol: string, exchangeOrderId: string): Promise<Cancellation> {
    const call = await this.#command(() => this.#dialect.cancel(symbol, exchangeOrderId));
    if (this.#dialect.saysNotOpen(call)) return { kind: 'not_open' };
    try {
      if (this.#dialect.isGood(call)) {
        const report = plainReport(this.#dialect.reportOf(call, symbol));
        if (report.exchangeOrderId === exchangeOrderId) return { kind: 'done', report };
      }
    } catch (error) {
      if (!(error instanceof Malformed)) throw error;
    }
    return { kind: 'unknown', message: this.#describe('cancelling an order', call, null) };
  }

  async serverTime(): Promise<number> {
    const time = this.#answer('reading the time', await this.#line.call(this.#dialect.time().send), this.#dialect.time());
    this.#line.setClock(time);
    return time;
  }

  async rules(symbol: string): Promise<MarketRules> {
    const rules = await this.#ask(`reading the rules of ${symbol}`, this.#dialect.rules(symbol));
    this.#line.weightLimit = this.#dialect.weightLimit() ?? this.#line.weightLimit;
    return rules;
  }

  bookTop(symbol: string): Promise<BookTop> {
    return this.#ask(`reading the order book of ${symbol}`, this.#dialect.bookTop(symbol));
  }

  balances(): Promise<Balances> {
    return this.#ask('reading the balances', this.#dialect.balances());
  }

  permissions(): Promise<KeyPermissions> {
    return this.#ask('reading the permissions of the key', this.#dialect.permissions());
  }

  openOrders(symbol: string): Promise<readonly WireReport[]> {
    return this.#ask(`reading the open orders on ${symbol}`, this.#dialect.openOrders(symbol));
  }

  orderByClientId(symbol: string, clientOrderId: string): Promise<WireReport | null> {
    return this.#ask('looking up an order', this.#dialect.orderByClientId(symbol, clientOrderId));
  }

  orderByExchangeId(symbol: string, exchangeOrderId: string): Promise<WireReport | null> {
    return this.#ask('looking up an order', this.#dialect.orderByExchangeId(symbol, exchangeOrderId));
  }

  ordersSince(symbol: string, sinceMs: number): Promise<readonly WireReport[]> {
    return this.#pages('reading past orders', () => this.#dialect.ordersSince(symbol, sinceMs, this.#line.now(), (doing, question) => this.#ask(doing, question)));
  }

  tradesAfter(symbol: string, afterTradeId: string | null, sinceMs: number): Promise<readonly WireTrade[]> {
    return this.#pages('reading trades', () => this.#dialect.tradesAfter(symbol, afterTradeId, sinceMs, this.#line.now(), (doing, question) => this.#ask(doing, question)));
  }

  tradesOfOrder(symbol: string, exchangeOrderId: string): Promise<readonly WireTrade[]> {
    return this.#pages('reading the trades of an order', () => this.#dialect.tradesOfOrder(symbol, exchangeOrderId, (doing, question) => this.#ask(doing, question)));
  }

  waitMs(): number {
    return this.#line.waitMs();
  }

  waitUntil(untilMs: number): void {
    this.#line.waitUntil(untilMs);
  }

  weightUsed(): number | null {
    return this.#line.weightUsed();
  }

  /** Sends once; once more only after a wrong time stamp, for then the exchange has certainly not taken it. */
  async #command(command: () => ReturnType<Dialect['place']>): Promise<WireCall> {
    const { send, permit } = command();
    const call = await this.#line.call(send, permit);
    if (!this.#dialect.saysWrongClock(call) || !(await this.#setClock())) return call;
    const again = command();
    return this.#line.call(again.send, again.permit);
  }

  /** @returns false when the exchange's time could not be read: what was refused stays refused */
  async #setClock(): Promise<boolean> {
    try {
      await this.serverTime();
      return true;
    } catch {
      return false;
    }
  }

  async #ask<T>(doing: string, question: Question<T>): Promise<T> {
    const pauseMs = this.#line.readPauseMs();
    if (pauseMs > 0) throw new ExchangeUnavailable(`${this.exchange}: ${doing} waits: this minute's request weight is used up`, pauseMs);
    const permit = { requests: question.requests ?? 1 };
    let call = await this.#line.call(question.send, permit);
    if (this.#dialect.saysWrongClock(call)) {
      await this.serverTime();
      call = await this.#line.call(question.send, permit);
    }
    return this.#answer(doing, call, question);
  }

  #answer<T>(doing: string, call: WireCall, question: Question<T>): T {
    if (call.failure === null && call.status !== null) {
      const refused = question.readRefusal?.(call);
      if (refused !== undefined) return refused;
    }
    if (!this.#dialect.isGood(call)) throw this.#fault(doing, call);
    try {
      return question.read(call);
    } catch (error) {
      throw this.#unreadable(doing, error, call);
    }
  }

  async #pages<T>(doing: string, sweep: () => Promise<T>): Promise<T> {
    try {
      return await sweep();
    } catch (error) {
      throw this.#unreadable(doing, error, null);
    }
  }

  #unreadable(doing: string, error: unknown, call: WireCall | null): unknown {
    return error instanceof Malformed ? new ExchangeUnavailable(this.#describe(doing, call, error)) : error;
  }

  #fault(doing: string, call: WireCall): ExchangeError {
    const message = this.#describe(doing, call, null);
    if (this.#dialect.saysNoAccess(call)) return new ExchangeAuthError(message);
    if (!call.entered) return new ExchangeUnavailable(message, this.#line.waitMs());
    if (call.status === 429 || call.status === 418) return new ExchangeUnavailable(message, limitWaitMs(call));
    return this.#dialect.saysNever(call) ? new ExchangeRefused(message) : new ExchangeUnavailable(message);
  }

  /** A text made anew from what is harmless: the library's own hold whole addresses, signature included. */
  #describe(doing: string, call: WireCall | null, error: Malformed | null): string {
    return `${this.exchange}: ${doing} failed (${error === null && call !== null ? this.#reason(call) : `the reply cannot be read: ${error?.message}`})`;
  }

  #reason(call: WireCall): string {
    if (neverLeft(call)) return `nothing was sent: ${call.failure ?? call.thrown ?? 'the library did not ask'}`;
    if (call.status === null) return call.failure ?? 'no reply';
    const code = this.#dialect.codeOf(call);
    return `HTTP ${call.status}${code === null ? '' : `, ${code}`}${this.#dialect.isGood(call) ? ', not what was asked for' : ''}`;
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : 'unknown fault';
}
