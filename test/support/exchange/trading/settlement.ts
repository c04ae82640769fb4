import { format, mulFloor, smaller, type Units } from '../base/decimal.js';
import type { Journal, TradeRecord } from '../base/journal.js';
import type { RateLimits } from '../api/rate-limits.js';
import type { Market } from '../market/market.js';
import type { Balances } from './balances.js';
import { BNB, type CommissionRule } from './commission.js';
import { isOpen, remember, type ExpiryReason, type Order, type OrderStatus } from './order.js';
import type { OrderStore } from './order-store.js';
import type { Take } from './taking.js';
import type { Trades } from './trades.js';

/** What settling changes. */
export interface Books {
  balances: Balances;
  orders: OrderStore;
  trades: Trades;
  commissions: CommissionRule;
  limits: RateLimits;
  journal: Journal;
  now: () => number;
}

/** Turns matches into trades, money and order states. */
export class Settlement {
  constructor(private readonly books: Books) {}

  /** Takes from the book what was planned. */
  take(order: Order, market: Market, takes: readonly Take[]): void {
    let toPay = takes.reduce((sum, take) => sum + paymentOf(order, take), 0n);
    for (const take of takes) {
      take.level.qty -= take.qty;
      toPay -= paymentOf(order, take);
      this.fill(order, market, take, false, toPay);
    }
  }

  /**
   * One trade of the order; its status is settled apart.
   *
   * @param toPay what the order's further trades of this moment will cost; commissions must leave that alone
   */
  fill(order: Order, market: Market, { price, qty }: Pick<Take, 'price' | 'qty'>, isMaker: boolean, toPay: Units): void {
    const { balances, trades, commissions, limits, journal } = this.books;
    const { base, quote } = market;
    const isBuyer = order.side === 'BUY';
    const quoteQty = mulFloor(price, qty);
    const [given, paid] = isBuyer ? [quote, quoteQty] : [base, qty];
    const fromLock = smaller(order.locked, paid);
    balances.spend(given, paid, fromLock);
    order.locked -= fromLock;
    const reserved = given === BNB ? toPay - smaller(order.locked, toPay) : 0n;
    const commission = commissions.commission({ market, isBuyer, isMaker, qty, quoteQty }, balances.free(BNB) - reserved);
    balances.receive(isBuyer ? base : quote, isBuyer ? qty : quoteQty);
    balances.spend(commission.asset, commission.amount, 0n);

    const trade: TradeRecord = {
      symbol: order.symbol,
      id: trades.nextId,
      orderId: order.orderId,
      orderListId: -1,
      price: format(price),
      qty: format(qty),
      quoteQty: format(quoteQty),
      commission: format(commission.amount),
      commissionAsset: commission.asset,
      time: this.books.now(),
      isBuyer,
      isMaker,
      isBestMatch: true,
    };
    trades.add(trade);
    balances.expectTrade(base, quote, trade);
    if (order.executedQty === 0n) limits.countOrder(-1, this.books.now());
    order.executedQty += qty;
    order.quoteFilled += quoteQty;
    journal.add('fill', { ...trade, source: order.source, clientOrderId: order.originalClientOrderId });
    balances.note('trade');
  }

  /** Filled or partially filled, by what was executed. */
  settleStatus(order: Order): void {
    if (order.executedQty === order.origQty) this.end(order, 'FILLED', null);
    else if (order.executedQty > 0n) this.move(order, 'PARTIALLY_FILLED', 'trade');
  }

  /** Ends the order and gives back what is still locked for it. */
  end(order: Order, status: OrderStatus, expiryReason: ExpiryReason | null, reason: string = expiryReason ?? 'trade'): void {
    order.expiryReason = expiryReason;
    this.move(order, status, reason);
    this.books.orders.close(order);
    if (order.locked > 0n) {
      this.books.balances.lock(order.lockAsset, -order.locked);
      order.locked = 0n;
      this.books.balances.note('unlock');
    }
  }

  lockFor(order: Order, amount: Units): void {
    if (amount === 0n) return;
    order.locked = amount;
    this.books.balances.lock(order.lockAsset, amount);
    this.books.balances.note('lock');
  }

  private move(order: Order, to: OrderStatus, reason: string): void {
    const from = order.status;
    order.status = to;
    order.updateTime = this.books.now();
    remember(order);
    if (from !== to || isOpen(order)) this.books.journal.add('state', { orderId: order.orderId, from, to, reason });
  }
}

/** What a taker gives for one level's part. */
function paymentOf({ side }: Order, { price, qty }: Take): Units {
  return side === 'BUY' ? mulFloor(price, qty) : qty;
}
