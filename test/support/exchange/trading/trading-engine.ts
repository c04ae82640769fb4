import { Parameters } from '../api/parameters.js';
import { rejected, unknownOrder } from '../base/api-error.js';
import { floorTo, format, larger, mulCeil, mulFloor, smaller, type Units, units } from '../base/decimal.js';
import type { OrderSource } from '../base/journal.js';
import type { Market } from '../market/market.js';
import type { Venue } from '../venue.js';
import { Balances } from './balances.js';
import { CommissionRule } from './commission.js';
import { checkFilters } from './filters.js';
import { hasNoLimit, isOpen, isStop, remember, type Order, type OrderRequest } from './order.js';
import { readOrder } from './order-request.js';
import { OrderStore } from './order-store.js';
import { Settlement } from './settlement.js';
import { affordable, costOf, planTake, quantityFor, quantityOf, type Take } from './taking.js';
import { Trades } from './trades.js';

const ID_LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const ID_LENGTH = 22;

/** The matching engine and the account it trades for. */
export class TradingEngine {
  readonly balances: Balances;
  readonly orders = new OrderStore();
  readonly trades = new Trades();
  readonly commissions: CommissionRule;
  private readonly settlement: Settlement;
  private readonly makerFillRatio: Units;

  constructor(readonly venue: Venue) {
    const { settings, markets, journal, limits } = venue;
    const assets = [...markets.values()].flatMap(({ base, quote }) => [base, quote]);
    const now = (): number => venue.now;
    this.balances = new Balances(settings.balances, assets, journal, now);
    this.commissions = new CommissionRule(settings, markets);
    this.makerFillRatio = units(settings.makerFillRatio);
    const { balances, orders, trades, commissions } = this;
    this.settlement = new Settlement({ balances, orders, trades, commissions, limits, journal, now });
    venue.onStep((market) => this.onStep(market));
  }

  /** A client order id made up by the exchange. */
  newClientOrderId = (): string =>
    Array.from({ length: ID_LENGTH }, () => ID_LETTERS[this.venue.draws.ids.nextU32() % ID_LETTERS.length]).join('');

  /** Everything that can refuse an order before it reaches the engine. */
  check(request: OrderRequest): void {
    const open = this.orders.openOrders(request.symbol);
    const counts = { all: open.length, stops: open.filter(({ type, isWorking }) => isStop(type) && !isWorking).length };
    checkFilters(request, this.venue.market(request.symbol), counts, this.venue.now);
    const refusal = this.venue.limits.orderRefusal(this.venue.now);
    if (refusal !== null) throw refusal;
  }

  /**
   * Accepts an order and matches it.
   *
   * @param n0 journal number of the request, 0 when it came another way
   * @throws ApiError -2010 when the engine does not accept it
   */
  place(request: OrderRequest, source: OrderSource, n0: number): Order {
    const market = this.venue.market(request.symbol);
    const slip = this.venue.slips.get(request.symbol) ?? 0;
    this.venue.slips.delete(request.symbol);
    if (!market.isTrading) throw rejected('Market is closed.');
    if (this.isIdTaken(request)) throw rejected('Duplicate order sent.');
    this.checkPosition(request, market);

    const derived = request.quoteOrderQty === null ? null : quantityFor(market, request.side, request.quoteOrderQty, slip);
    const qty = request.quantity ?? derived?.qty ?? 0n;
    if (derived !== null && qty < market.rules.minQty) {
      throw rejected('Order book liquidity is less than `LOT_SIZE` filter minimum quantity.');
    }
    const takes = isStop(request.type) ? [] : this.plan(request, market, qty, slip);
    const lock = this.required(request, market, qty, takes);
    const order = this.accept(request, market, qty, source, n0);
    this.settlement.lockFor(order, lock);
    if (order.isWorking) this.match(order, market, takes, derived?.isBookExhausted ?? false);
    return order;
  }

  /** An order by someone else on the same account, from parameters as a client would send them. */
  placeForeign(params: Record<string, string>): Order {
    const values = { type: 'MARKET', newClientOrderId: `web_${this.newClientOrderId()}`, ...params };
    const request = readOrder(new Parameters(new Map(Object.entries(values))), this.newClientOrderId);
    this.check(request);
    return this.place(request, 'foreign', 0);
  }

  /** @throws ApiError -2011 when it is not open */
  cancel(order: Order, cancelId: string, reason: string): void {
    if (!isOpen(order)) throw unknownOrder();
    if (this.venue.settings.cancelReplacesClientOrderId) {
      order.clientOrderId = cancelId;
      this.orders.indexClientId(order);
    }
    this.settlement.end(order, 'CANCELED', null, reason);
  }

  /** The exchange itself ends an open order. */
  expire(order: Order): void {
    if (!isOpen(order)) throw unknownOrder();
    this.settlement.end(order, 'EXPIRED', 'EXCHANGE_CANCELED');
  }

  /** What is wrong with the account: money lost or made, or locks that no open order accounts for; nothing when all is well. */
  problems(): string[] {
    const locks = new Map<string, Units>();
    for (const { lockAsset, locked } of this.orders.openOrders()) locks.set(lockAsset, (locks.get(lockAsset) ?? 0n) + locked);
    const unaccounted = [...this.balances.asOf(this.venue.now).balances]
      .filter(([asset, { locked }]) => locked !== (locks.get(asset) ?? 0n))
      .map(([asset, { locked }]) => `${asset}: ${format(locked)} is locked, of which orders hold ${format(locks.get(asset) ?? 0n)}`);
    return [...this.balances.problems(), ...unaccounted];
  }

  /** Client order ids are unique among open orders only. */
  private isIdTaken({ symbol, clientOrderId }: OrderRequest): boolean {
    const holders = this.orders.withClientId(symbol, clientOrderId);
    return holders.some((order) => order.clientOrderId === clientOrderId && isOpen(order));
  }

  private checkPosition(request: OrderRequest, market: Market): void {
    const [best] = market.book.against(request.side);
    if (request.type === 'LIMIT_MAKER' && best !== undefined) {
      const crosses = request.side === 'BUY' ? request.price >= best.price : request.price <= best.price;
      if (crosses) throw rejected('Order would immediately match and take.');
    }
    if (isStop(request.type) && isTriggered(request, market.last)) throw rejected('Order would trigger immediately.');
  }

  private plan(request: OrderRequest, market: Market, qty: Units, slip: number): Take[] {
    const takes = planTake(market, request.side, qty, hasNoLimit(request.type) ? null : request.price, slip);
    const isAllOrNothing = request.timeInForce === 'FOK' && request.type !== 'MARKET';
    return isAllOrNothing && quantityOf(takes) < qty ? [] : takes;
  }

  /** What to lock for the order; money that a market order needs must be there but is not locked. */
  private required(request: OrderRequest, market: Market, qty: Units, takes: readonly Take[]): Units {
    const isMarket = request.type === 'MARKET';
    const isBuyer = request.side === 'BUY';
    const price = request.price === 0n ? request.stopPrice : request.price;
    const needed = !isBuyer ? qty : isMarket ? costOf(takes) : mulCeil(price, qty);
    if (needed > this.balances.free(isBuyer ? market.quote : market.base)) {
      throw rejected('Account has insufficient balance for requested action.');
    }
    return isMarket ? 0n : needed;
  }

  private accept(request: OrderRequest, market: Market, qty: Units, source: OrderSource, n0: number): Order {
    const now = this.venue.now;
    const waits = isStop(request.type);
    const order: Order = {
      ...request,
      orderId: this.orders.nextId,
      originalClientOrderId: request.clientOrderId,
      origQty: qty,
      quoteOrderQty: request.quoteOrderQty ?? 0n,
      time: now,
      source,
      locked: 0n,
      lockAsset: request.side === 'BUY' ? market.quote : market.base,
      history: [],
      executedQty: 0n,
      quoteFilled: 0n,
      status: 'NEW',
      updateTime: now,
      workingTime: waits ? -1 : now,
      isWorking: !waits,
      expiryReason: null,
    };
    remember(order);
    this.orders.add(order);
    this.venue.limits.countOrder(1, now);
    this.venue.journal.add('order', {
      orderId: order.orderId,
      clientOrderId: order.clientOrderId,
      symbol: order.symbol,
      side: order.side,
      orderType: order.type,
      qty: format(order.origQty),
      price: format(order.price),
      source,
      n0,
    });
    return order;
  }

  private match(order: Order, market: Market, takes: readonly Take[], isBookExhausted: boolean): void {
    this.settlement.take(order, market, takes);
    const isFilled = order.executedQty === order.origQty && !isBookExhausted;
    if (isFilled) this.settlement.end(order, 'FILLED', null);
    else if (hasNoLimit(order.type)) this.settlement.end(order, 'EXPIRED', 'INSUFFICIENT_LIQUIDITY');
    else if (order.timeInForce === 'IOC') this.settlement.end(order, 'EXPIRED', 'UNFILLED_IOC_QUANTITY_EXPIRED');
    else if (order.timeInForce === 'FOK') this.settlement.end(order, 'EXPIRED', 'UNFILLED_FOK_ORDER_EXPIRED');
    else this.settlement.settleStatus(order);
  }

  /** Stops first, then what rests; a stop that fired just now rests from the next step on. */
  private onStep(market: Market): void {
    if (!market.isTrading) return;
    const open = this.orders.openOrders(market.symbol);
    if (open.length === 0) return;
    const resting = open.filter(({ isWorking }) => isWorking);
    for (const order of open) {
      if (!order.isWorking && isTriggered(order, market.last)) this.fire(order, market);
    }
    for (const order of resting) if (isReached(order, market)) this.fillResting(order, market);
  }

  private fire(order: Order, market: Market): void {
    order.isWorking = true;
    order.workingTime = this.venue.now;
    order.updateTime = this.venue.now;
    remember(order);
    this.venue.journal.add('state', { orderId: order.orderId, from: order.status, to: order.status, reason: 'triggered' });
    const request = { ...order, quantity: order.origQty };
    let takes = this.plan(request, market, order.origQty, 0);
    if (order.side === 'BUY') {
      takes = affordable(takes, order.locked + this.balances.free(market.quote), market.rules.step);
    }
    this.match(order, market, takes, false);
  }

  private fillResting(order: Order, market: Market): void {
    const remaining = order.origQty - order.executedQty;
    const { step } = market.rules;
    const share = floorTo(mulFloor(remaining, this.makerFillRatio), step);
    const qty = smaller(remaining, larger(step, share));
    this.settlement.fill(order, market, { price: order.price, qty }, true, 0n);
    this.settlement.settleStatus(order);
  }
}

function isTriggered({ type, side, stopPrice }: Pick<OrderRequest, 'type' | 'side' | 'stopPrice'>, last: Units): boolean {
  const firesBelow = type.startsWith('STOP_LOSS') === (side === 'SELL');
  return firesBelow ? last <= stopPrice : last >= stopPrice;
}

function isReached({ side, price }: Order, { book }: Market): boolean {
  return side === 'BUY' ? book.bestAsk <= price : book.bestBid >= price;
}
