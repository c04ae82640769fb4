import { compare } from '../domain/decimal.js';
import type { Finding } from '../domain/finding.js';
import { UNMOVED_STATES, UNRESOLVED_STATES } from '../domain/order.js';
import type { TradingClient, WireTrade } from '../exchange/trading-client.js';
import type { NewFill } from '../persistence/booking/book-fills.js';
import type { ExternalFill } from '../persistence/booking/external-fills.js';
import type { OrderEntity } from '../persistence/entities/order.entity.js';
import type { OrderRepository } from '../persistence/repositories/order-repository.js';
import type { Alarm, ReconcileRepository } from '../persistence/repositories/reconcile-repository.js';
import { CLIENT_ORDER_ID_PREFIX } from './client-order-id.js';
import { lostHistory, readTrades } from './read-trades.js';
import type { TradingBook } from './trading-book.js';

/** Views of the exchange trail behind by seconds; what is older than this can be seen everywhere. */
const SETTLED_AFTER_MS = 600_000;

export interface TradesRead {
  /** Fills booked and external fills recorded. */
  readonly changes: number;
  /** Newest trade id of the account on the market; null when it has none since this bot began. */
  readonly lastTradeId: string | null;
  readonly findings: readonly Finding[];
}

export interface AccountTradesParts {
  readonly client: TradingClient;
  readonly orders: OrderRepository;
  readonly ledger: ReconcileRepository;
  readonly book: TradingBook;
}

/** What is to be said of a trade whose order the ledger does not know by the exchange's id. */
type Verdict = { readonly kind: 'foreign' } | { readonly kind: 'wait'; readonly finding: Finding | null } | { readonly kind: 'alarm'; readonly alarm: Alarm };

/**
 * Goes through every trade of the account since the last one that is known for certain. Those of our orders are booked; all others are
 * kept as external, in no position: nothing is adopted because it looks like ours.
 */
export class AccountTrades {
  /** How often in a row the known end of the history did not come up. */
  private unseen = 0;

  constructor(private readonly parts: AccountTradesParts) {}

  /**
   * @param serverTime UTC ms
   * @throws ExchangeUnavailable, LedgerError (LEDGER.CONFLICT: a trade is booked with other numbers)
   */
  async catchUp(serverTime: number): Promise<TradesRead> {
    const { client, ledger, book } = this.parts;
    const reading = await readTrades(client, ledger, book, serverTime, SETTLED_AFTER_MS);
    this.unseen = reading.lost === null ? 0 : this.unseen + 1;
    if (reading.lost !== null) return { changes: 0, lastTradeId: null, findings: [lostHistory(reading.lost, this.unseen)] };
    const { trades } = reading;
    const booked = await ledger.bookedTrades(book, trades.map(({ tradeId }) => tradeId));
    const fresh = groupByOrder(trades.filter(({ tradeId }) => !booked.has(tradeId)));
    const own = await ledger.ordersByExchangeId(book, [...fresh.keys()]);
    const strangers = await this.clientIdsOf(new Map([...fresh].filter(([id]) => !own.has(id))));
    let changes = 0;
    const findings: Finding[] = [];
    const foreign: ExternalFill[] = [];
    for (const [exchangeOrderId, group] of fresh) {
      const order = own.get(exchangeOrderId);
      if (order !== undefined) {
        changes += await this.bookOwn(order, group, serverTime);
        continue;
      }
      const verdict = await this.judge(exchangeOrderId, strangers.get(exchangeOrderId) ?? null, group, serverTime);
      if (verdict.kind === 'wait') {
        if (verdict.finding !== null) findings.push(verdict.finding);
        continue;
      }
      const { botId, mode, exchange, symbol } = book;
      const fills = group.map((trade): ExternalFill => ({ ...fillOf(trade), botId, mode, exchange, symbol, side: trade.side }));
      if (verdict.kind === 'alarm') changes += await ledger.recordExternal(fills, book, verdict.alarm, serverTime);
      else foreign.push(...fills);
    }
    if (foreign.length > 0) changes += await ledger.recordExternal(foreign, book, null, serverTime);
    return { changes, lastTradeId: trades.at(-1)?.tradeId ?? null, findings };
  }

  /** @returns how many fills were new */
  private async bookOwn(order: OrderEntity, trades: readonly WireTrade[], at: number): Promise<number> {
    const { orders, ledger, book } = this.parts;
    const after = await orders.addFills(order.id, trades.map(fillOf), at);
    if (compare(after.executedQuantity, order.quantity) > 0) {
      await ledger.raise(book, { code: 'RECONCILE.OVERFILLED', message: `Order ${order.clientOrderId} asked for ${order.quantity}, and ${after.executedQuantity} was executed. It is booked as it is; ask the exchange` }, at);
    }
    return trades.length;
  }

  /**
   * Client ids of orders that the ledger does not know by their exchange id; one that the exchange does not tell is left out. Few are asked
   * for one by one, many in one list.
   */
  private async clientIdsOf(unknown: ReadonlyMap<string, readonly WireTrade[]>): Promise<ReadonlyMap<string, string>> {
    const { client, book } = this.parts;
    const found = new Map<string, string>();
    if (unknown.size > MOST_SINGLE_QUESTIONS) {
      const since = Math.min(...[...unknown.values()].flatMap((trades) => trades.map(({ executedAt }) => executedAt))) - SETTLED_AFTER_MS;
      for (const { exchangeOrderId, clientOrderId } of await client.ordersSince(book.symbol, since)) found.set(exchangeOrderId, clientOrderId);
    }
    for (const exchangeOrderId of unknown.keys()) {
      if (found.has(exchangeOrderId)) continue;
      const report = await client.orderByExchangeId(book.symbol, exchangeOrderId);
      if (report !== null) found.set(exchangeOrderId, report.clientOrderId);
    }
    return found;
  }

  private async judge(exchangeOrderId: string, clientOrderId: string | null, trades: readonly WireTrade[], serverTime: number): Promise<Verdict> {
    const { orders, book } = this.parts;
    // While an order of ours is not settled this may be its trade, however old: whoever settles it books it.
    if (clientOrderId === null) return serverTime - trades[0].executedAt >= SETTLED_AFTER_MS && (await orders.unresolved(book)).length === 0 ? { kind: 'foreign' } : { kind: 'wait', finding: unexplained(exchangeOrderId) };
    if (!clientOrderId.startsWith(CLIENT_ORDER_ID_PREFIX)) return { kind: 'foreign' };
    const order = await orders.byClientOrderId({ exchange: book.exchange, mode: book.mode, clientOrderId });
    const what = `Order ${exchangeOrderId} of the exchange (${clientOrderId}) was executed`;
    if (order === null) {
      return alarm('RECONCILE.FORGOTTEN_ORDER', `${what}, bears our name, and is not in this ledger: a backup was restored, or another bot trades here under the same name. Its trades are kept as external, in no position`);
    }
    if (order.exchangeOrderId !== null) return alarm('RECONCILE.DOUBLE_EXECUTION', `${what} although ${clientOrderId} is order ${order.exchangeOrderId} already: the exchange carried one order out twice. The second is kept as external, in no position; sell or keep it by hand`);
    // Whoever settles it books all of its trades at once.
    if (UNRESOLVED_STATES.includes(order.state)) return { kind: 'wait', finding: null };
    const state = UNMOVED_STATES.includes(order.state) ? `was settled as ${order.state}` : `is ${order.state}`;
    return alarm('RECONCILE.LATE_EXECUTION', `${what} although it ${state} in the ledger. Its trades are kept as external, in no position; sell or keep it by hand`);
  }
}

const MOST_SINGLE_QUESTIONS = 10;

function groupByOrder(trades: readonly WireTrade[]): Map<string, WireTrade[]> {
  const groups = new Map<string, WireTrade[]>();
  for (const trade of trades) {
    const group = groups.get(trade.exchangeOrderId);
    if (group === undefined) groups.set(trade.exchangeOrderId, [trade]);
    else group.push(trade);
  }
  return groups;
}

function fillOf({ tradeId, price, quantity, commission, commissionAsset, executedAt }: WireTrade): NewFill {
  return { tradeId, price, quantity, commission, commissionAsset, executedAt };
}

function alarm(code: string, message: string): Verdict {
  return { kind: 'alarm', alarm: { code, message } };
}

function unexplained(exchangeOrderId: string): Finding {
  return { code: 'RECONCILE.UNEXPLAINED_TRADE', message: `A trade of order ${exchangeOrderId} was made, and the exchange does not tell yet whose order it is`, stops: 'no_orders' };
}
