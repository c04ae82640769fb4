import type { Exchange } from 'ccxt';

import type { MarketRules } from '../domain/market-rules.js';
import type { Refusal } from './binance-refusals.js';
import type { Ask, Command, Dialect, Question } from './dialect.js';
import type { PlacedReport } from './placement.js';
import { plainReport } from './placement.js';
import type { Balances, BookTop, KeyPermissions, WireOrder, WireReport, WireTrade } from './trading-client.js';
import { balancesOfLibrary, bookTopOfLibrary, orderOfLibrary, rulesOfLibrary, tradeOfLibrary } from './unified-shape.js';
import { unifiedObjection } from './unified-requests.js';
import { isSuccess, type WireCall } from './wire-call.js';
import { listOf, Malformed } from './wire-shape.js';

const NO_ACCESS: readonly (string | null)[] = ['AuthenticationError', 'PermissionDenied', 'AccountSuspended', 'AccountNotEnabled'];
const NEVER: readonly (string | null)[] = ['BadSymbol', 'BadRequest', 'NotSupported', 'ArgumentsRequired'];
const NO_SUCH_ORDER = 'OrderNotFound';
const PAGE_ROWS = 500;
/** Requests that one read may take: some exchanges need several, and none is asked for ever. */
const READ_REQUESTS = 20;

/**
 * Any other exchange, in the library's own terms. Its replies cannot be read from the wire, so there is no list of certain refusals: an
 * order that was not plainly accepted is unknown.
 */
export class UnifiedDialect implements Dialect {
  readonly #exchange: Exchange;
  #hasMarkets = false;

  constructor(exchange: Exchange) {
    this.#exchange = exchange;
  }

  async prepare(ask: Ask): Promise<void> {
    if (this.#hasMarkets) return;
    await ask('reading the list of markets', reading(() => this.#exchange.loadMarkets(true), (markets) => {
      if (Object.keys(markets as object).length === 0) throw new Malformed('there are no markets at all');
    }));
    this.#hasMarkets = true;
  }

  place(order: WireOrder): Command {
    const { symbol, type, side, quantity, limitPrice, stopPrice, timeInForce, clientOrderId } = order;
    const params = { clientOrderId, ...(timeInForce === null ? {} : { timeInForce }), ...(stopPrice === null ? {} : { triggerPrice: stopPrice }) };
    return {
      send: () => this.#exchange.createOrder(symbol, type === 'market' ? 'market' : 'limit', side, quantity as unknown as number, (limitPrice ?? undefined) as unknown as number, params),
      permit: { requests: 1, objection: (request) => unifiedObjection(request, order) },
    };
  }

  cancel(symbol: string, exchangeOrderId: string): Command {
    return { send: () => this.#exchange.cancelOrder(exchangeOrderId, symbol), permit: { requests: 1 } };
  }

  refusalOf(): Refusal | null {
    return null;
  }

  reportOf(call: WireCall, symbol: string): PlacedReport {
    if (call.thrown !== null) throw new Malformed(`the library ended with ${call.thrown}`);
    return orderOfLibrary(call.value, symbol);
  }

  isGood(call: WireCall): boolean {
    return isSuccess(call) && call.thrown === null;
  }

  saysNotOpen(call: WireCall): boolean {
    return call.failure === null && call.thrown === NO_SUCH_ORDER;
  }

  saysWrongClock(): boolean {
    return false;
  }

  saysNoAccess(call: WireCall): boolean {
    return call.failure === null && call.status !== null && NO_ACCESS.includes(call.thrown);
  }

  saysNever(call: WireCall): boolean {
    return NEVER.includes(call.thrown);
  }

  codeOf(call: WireCall): string | null {
    return call.thrown;
  }

  weightLimit(): number | null {
    return null;
  }

  time(): Question<number> {
    return reading(() => this.#exchange.fetchTime(), (time) => {
      if (typeof time !== 'number' || !Number.isSafeInteger(time) || time < 1e11) throw new Malformed('it is no time in milliseconds');
      return time;
    });
  }

  rules(symbol: string): Question<MarketRules> {
    return reading(() => this.#exchange.fetchMarkets(), (markets) => rulesOfLibrary(markets, symbol, Number(this.#exchange.precisionMode)));
  }

  bookTop(symbol: string): Question<BookTop> {
    return reading(() => this.#exchange.fetchOrderBook(symbol, 5), bookTopOfLibrary);
  }

  balances(): Question<Balances> {
    return reading(() => this.#exchange.fetchBalance({ type: 'spot' }), balancesOfLibrary);
  }

  /** There is no common question about keys; that they work is what can be shown. */
  permissions(): Question<KeyPermissions> {
    return reading(() => this.#exchange.fetchBalance({ type: 'spot' }), (balances) => {
      balancesOfLibrary(balances);
      return { canTrade: null, canWithdraw: null, canTransfer: null, ipRestricted: null, tradingExpiresAt: null };
    });
  }

  openOrders(symbol: string): Question<readonly WireReport[]> {
    return reading(() => this.#exchange.fetchOpenOrders(symbol), (rows) => ordersOfLibrary(rows, symbol));
  }

  orderByClientId(symbol: string, clientOrderId: string): Question<WireReport | null> {
    return this.order(() => this.#exchange.fetchOrder(undefined as unknown as string, symbol, { clientOrderId }), symbol, (report) => report.clientOrderId === clientOrderId);
  }

  orderByExchangeId(symbol: string, exchangeOrderId: string): Question<WireReport | null> {
    return this.order(() => this.#exchange.fetchOrder(exchangeOrderId, symbol), symbol, (report) => report.exchangeOrderId === exchangeOrderId);
  }

  /** Page after page by time, until one brings nothing new. */
  async ordersSince(symbol: string, sinceMs: number, _nowMs: number, ask: Ask): Promise<readonly WireReport[]> {
    await this.prepare(ask);
    const page = async (since: number): Promise<readonly WireReport[]> => ask('reading past orders', reading(() => this.past(symbol, since), (rows) => ordersOfLibrary(rows, symbol)));
    return (await this.sweep(page, sinceMs, (order) => order.exchangeOrderId, (order) => order.at)).filter(({ at }) => at >= sinceMs);
  }

  /** Ids of other exchanges are in no known order, so the last known trade is found by its name among those since the moment. */
  async tradesAfter(symbol: string, afterTradeId: string | null, sinceMs: number, _nowMs: number, ask: Ask): Promise<readonly WireTrade[]> {
    await this.prepare(ask);
    const page = async (since: number): Promise<readonly WireTrade[]> =>
      ask('reading trades', reading(() => this.#exchange.fetchMyTrades(symbol, since, PAGE_ROWS), (rows) => tradesOfLibrary(rows, symbol)));
    const trades = await this.sweep(page, sinceMs, (trade) => trade.tradeId, (trade) => trade.executedAt);
    return trades.slice(trades.findIndex(({ tradeId }) => tradeId === afterTradeId) + 1);
  }

  async tradesOfOrder(symbol: string, exchangeOrderId: string, ask: Ask): Promise<readonly WireTrade[]> {
    await this.prepare(ask);
    const send = (): Promise<unknown> =>
      this.#exchange.has['fetchOrderTrades'] === true ? this.#exchange.fetchOrderTrades(exchangeOrderId, symbol) : this.#exchange.fetchMyTrades(symbol, undefined, undefined, { orderId: exchangeOrderId });
    const trades = await ask('reading the trades of an order', reading(send, (rows) => tradesOfLibrary(rows, symbol)));
    return trades.filter((trade) => trade.exchangeOrderId === exchangeOrderId);
  }

  private past(symbol: string, since: number): Promise<unknown> {
    const { has } = this.#exchange;
    if (has['fetchOrders'] === true) return this.#exchange.fetchOrders(symbol, since, PAGE_ROWS);
    return Promise.all([this.#exchange.fetchOpenOrders(symbol, since), this.#exchange.fetchClosedOrders(symbol, since, PAGE_ROWS)]).then((parts) => parts.flat());
  }

  private async sweep<T>(page: (sinceMs: number) => Promise<readonly T[]>, sinceMs: number, idOf: (row: T) => string, timeOf: (row: T) => number): Promise<readonly T[]> {
    const found = new Map<string, T>();
    for (let since = sinceMs; ; ) {
      const before = found.size;
      for (const row of await page(since)) found.set(idOf(row), row);
      if (found.size === before) return [...found.values()].sort((a, b) => timeOf(a) - timeOf(b));
      since = Math.max(since, ...[...found.values()].map(timeOf));
    }
  }

  private order(send: () => Promise<unknown>, symbol: string, isAsked: (report: WireReport) => boolean): Question<WireReport | null> {
    return {
      ...reading(send, (value) => {
        const report = plainReport(orderOfLibrary(value, symbol));
        if (!isAsked(report)) throw new Malformed('it is about another order');
        return report;
      }),
      readRefusal: (call) => (call.thrown === NO_SUCH_ORDER ? null : undefined),
    };
  }
}

function reading<T>(send: () => Promise<unknown>, read: (value: unknown) => T): Question<T> {
  return { send, requests: READ_REQUESTS, read: (call) => read(call.value) };
}

function ordersOfLibrary(rows: unknown, symbol: string): readonly WireReport[] {
  return listOf(rows, 'the reply').map((row) => plainReport(orderOfLibrary(row, symbol)));
}

function tradesOfLibrary(rows: unknown, symbol: string): readonly WireTrade[] {
  return listOf(rows, 'the reply').map((row) => tradeOfLibrary(row, symbol));
}
