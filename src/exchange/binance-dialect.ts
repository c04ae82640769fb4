import type { Exchange } from 'ccxt';

import type { MarketRules } from '../domain/market-rules.js';
import { accountPermissionsOf, balancesOf, bookTopOf, goneMarket, permissionsOf, rulesOf, weightLimitOf } from './binance-market.js';
import { marketId, orderOf, ordersOf, tradeOf } from './binance-orders.js';
import { codeOf, refusalOf, type Refusal } from './binance-refusals.js';
import { placeParameters, wireObjection } from './binance-requests.js';
import type { Ask, Command, Dialect, Question } from './dialect.js';
import { plainReport, type PlacedReport } from './placement.js';
import { PAGE_ROWS, sweepFromId, sweepFromTime, nextId, type Pages } from './sweep.js';
import type { Balances, BookTop, KeyPermissions, WireOrder, WireReport, WireTrade } from './trading-client.js';
import { isSuccess, type WireCall } from './wire-call.js';
import { listOf, Malformed, objectOf, parseJson, timeIn } from './wire-shape.js';

type Parameters = Readonly<Record<string, string | number>>;
type Endpoint = (parameters?: Parameters) => Promise<unknown>;

/** Endpoints as ccxt names them. It signs and sends; parameters and replies are ours. */
interface BinanceApi {
  readonly publicGetTime: Endpoint;
  readonly publicGetExchangeInfo: Endpoint;
  readonly publicGetTickerBookTicker: Endpoint;
  readonly privateGetAccount: Endpoint;
  readonly privateGetOrder: Endpoint;
  readonly privatePostOrder: Endpoint;
  readonly privateDeleteOrder: Endpoint;
  readonly privateGetOpenOrders: Endpoint;
  readonly privateGetAllOrders: Endpoint;
  readonly privateGetMyTrades: Endpoint;
  readonly sapiGetAccountApiRestrictions: Endpoint;
}

const WRONG_CLOCK = -1021;
const NO_SUCH_MARKET = -1121;
const NO_SUCH_ORDER = -2013;
const CANCEL_REJECTED = -2011;
const NO_ACCESS: readonly (number | null)[] = [-1022, -2014, -2015];

/** Binance's spot market: endpoints asked one by one, replies read from the wire to the letter. */
export class BinanceDialect implements Dialect {
  readonly #exchange: Exchange;
  #weightLimit: number | null = null;

  constructor(exchange: Exchange) {
    this.#exchange = exchange;
  }

  async prepare(): Promise<void> {
    // Names of markets follow from their coins, so there is no list to load.
  }

  place(order: WireOrder): Command {
    const parameters = placeParameters(order);
    return { send: () => this.api.privatePostOrder(parameters), permit: { requests: 1, objection: (request) => wireObjection(request, 'POST', parameters) } };
  }

  cancel(symbol: string, exchangeOrderId: string): Command {
    const parameters = { symbol: marketId(symbol), orderId: exchangeOrderId };
    return { send: () => this.api.privateDeleteOrder(parameters), permit: { requests: 1, objection: (request) => wireObjection(request, 'DELETE', parameters) } };
  }

  refusalOf(call: WireCall): Refusal | null {
    return refusalOf(call);
  }

  reportOf(call: WireCall, symbol: string): PlacedReport {
    return orderOf(parseJson(call.body), symbol);
  }

  isGood(call: WireCall): boolean {
    return isSuccess(call);
  }

  saysNotOpen(call: WireCall): boolean {
    return call.status === 400 && codeOf(call.body) === CANCEL_REJECTED && /"Unknown order sent\.?"/.test(call.body);
  }

  saysWrongClock(call: WireCall): boolean {
    return call.status === 400 && codeOf(call.body) === WRONG_CLOCK;
  }

  saysNoAccess(call: WireCall): boolean {
    return isClientFault(call) && NO_ACCESS.includes(codeOf(call.body));
  }

  saysNever(call: WireCall): boolean {
    const code = codeOf(call.body);
    return call.status === 400 && code !== null && (code <= -1100 || code === -1013);
  }

  codeOf(call: WireCall): string | null {
    return codeOf(call.body)?.toString() ?? null;
  }

  weightLimit(): number | null {
    return this.#weightLimit;
  }

  time(): Question<number> {
    return question(() => this.api.publicGetTime(), (body) => timeIn(objectOf(body, 'the reply'), 'serverTime'));
  }

  rules(symbol: string): Question<MarketRules> {
    return {
      ...question(() => this.api.publicGetExchangeInfo({ symbol: marketId(symbol) }), (body) => {
        this.#weightLimit = weightLimitOf(body) ?? this.#weightLimit;
        return rulesOf(body, symbol);
      }),
      readRefusal: (call) => (call.status === 400 && codeOf(call.body) === NO_SUCH_MARKET ? goneMarket(symbol) : undefined),
    };
  }

  bookTop(symbol: string): Question<BookTop> {
    return question(() => this.api.publicGetTickerBookTicker({ symbol: marketId(symbol) }), (body) => bookTopOf(body, symbol));
  }

  balances(): Question<Balances> {
    return question(() => this.api.privateGetAccount(), balancesOf);
  }

  /** Test networks have no endpoint about keys; there the account speaks for itself. */
  permissions(): Question<KeyPermissions> {
    const hasKeyEndpoint = typeof this.#exchange.urls.api === 'object' && 'sapi' in this.#exchange.urls.api;
    return hasKeyEndpoint ? question(() => this.api.sapiGetAccountApiRestrictions(), permissionsOf) : question(() => this.api.privateGetAccount(), accountPermissionsOf);
  }

  openOrders(symbol: string): Question<readonly WireReport[]> {
    return question(() => this.api.privateGetOpenOrders({ symbol: marketId(symbol) }), (body) => ordersOf(body, symbol));
  }

  orderByClientId(symbol: string, clientOrderId: string): Question<WireReport | null> {
    return this.order(symbol, { origClientOrderId: clientOrderId }, (report) => report.clientOrderId === clientOrderId);
  }

  orderByExchangeId(symbol: string, exchangeOrderId: string): Question<WireReport | null> {
    return this.order(symbol, { orderId: exchangeOrderId }, (report) => report.exchangeOrderId === exchangeOrderId);
  }

  ordersSince(symbol: string, sinceMs: number, nowMs: number, ask: Ask): Promise<readonly WireReport[]> {
    const page = (parameters: Parameters): Promise<readonly WireReport[]> =>
      ask('reading past orders', question(() => this.api.privateGetAllOrders({ symbol: marketId(symbol), limit: PAGE_ROWS, ...parameters }), (body) => ordersOf(body, symbol)));
    return sweepFromTime(pagesOf(page, 'orderId', (order) => order.exchangeOrderId, (order) => order.at), sinceMs, nowMs);
  }

  tradesAfter(symbol: string, afterTradeId: string | null, sinceMs: number, nowMs: number, ask: Ask): Promise<readonly WireTrade[]> {
    const pages = pagesOf((parameters) => this.trades(symbol, parameters, ask), 'fromId', (trade) => trade.tradeId, (trade) => trade.executedAt);
    return afterTradeId === null ? sweepFromTime(pages, sinceMs, nowMs) : sweepFromId(pages, nextId(afterTradeId));
  }

  async tradesOfOrder(symbol: string, exchangeOrderId: string, ask: Ask): Promise<readonly WireTrade[]> {
    const first = await this.trades(symbol, { orderId: exchangeOrderId }, ask);
    const pages = pagesOf((parameters) => this.trades(symbol, { orderId: exchangeOrderId, ...parameters }, ask), 'fromId', (trade) => trade.tradeId, (trade) => trade.executedAt);
    const trades = first.length < PAGE_ROWS ? first : await sweepFromId(pages, '0');
    if (trades.some((trade) => trade.exchangeOrderId !== exchangeOrderId)) throw new Malformed('it holds trades of another order');
    return trades;
  }

  private trades(symbol: string, parameters: Parameters, ask: Ask): Promise<readonly WireTrade[]> {
    return ask(
      'reading trades',
      question(() => this.api.privateGetMyTrades({ symbol: marketId(symbol), limit: PAGE_ROWS, ...parameters }), (body) => listOf(body, 'the reply').map((row) => tradeOf(row, symbol))),
    );
  }

  private order(symbol: string, parameters: Parameters, isAsked: (report: WireReport) => boolean): Question<WireReport | null> {
    return {
      ...question(() => this.api.privateGetOrder({ symbol: marketId(symbol), ...parameters }), (body) => {
        const report = plainReport(orderOf(body, symbol));
        if (!isAsked(report)) throw new Malformed('it is about another order');
        return report;
      }),
      readRefusal: (call) => (call.status === 400 && codeOf(call.body) === NO_SUCH_ORDER ? null : undefined),
    };
  }

  private get api(): BinanceApi {
    return this.#exchange as unknown as BinanceApi;
  }
}

function question<T>(send: () => Promise<unknown>, read: (body: unknown) => T): Question<T> {
  return { send, read: (call) => read(parseJson(call.body)) };
}

function pagesOf<T>(page: (parameters: Parameters) => Promise<readonly T[]>, idName: string, idOf: (row: T) => string, timeOf: (row: T) => number): Pages<T> {
  return { within: (startTime, endTime) => page({ startTime, endTime }), fromId: (id) => page({ [idName]: id }), idOf, timeOf };
}

function isClientFault({ status }: WireCall): boolean {
  return status !== null && status >= 400 && status < 500;
}
