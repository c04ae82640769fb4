import { isOpen, type Order } from './order.js';

/** Every order of the account, by number, symbol and client order id. */
export class OrderStore {
  private readonly orders: Order[] = [];
  private readonly bySymbol = new Map<string, Order[]>();
  /** Under every client order id an order ever had. */
  private readonly byClientId = new Map<string, Order[]>();
  private readonly open = new Map<string, Map<number, Order>>();

  get nextId(): number {
    return this.orders.length + 1;
  }

  add(order: Order): void {
    this.orders.push(order);
    listIn(this.bySymbol, order.symbol).push(order);
    this.indexClientId(order);
    const open = this.open.get(order.symbol) ?? new Map<number, Order>();
    this.open.set(order.symbol, open.set(order.orderId, order));
  }

  /** To be called when an order's client order id has changed. */
  indexClientId(order: Order): void {
    listIn(this.byClientId, order.clientOrderId).push(order);
  }

  /** To be called when an order is no longer open. */
  close(order: Order): void {
    this.open.get(order.symbol)?.delete(order.orderId);
  }

  get(symbol: string, orderId: number): Order | undefined {
    const order = this.orders.at(orderId - 1);
    return orderId > 0 && order?.symbol === symbol ? order : undefined;
  }

  find(orderId: number): Order | undefined {
    return orderId > 0 ? this.orders.at(orderId - 1) : undefined;
  }

  /** Orders that have or once had the client order id, newest first. */
  withClientId(symbol: string, clientOrderId: string): Order[] {
    const found = this.byClientId.get(clientOrderId)?.filter((order) => order.symbol === symbol) ?? [];
    return found.sort((a, b) => b.orderId - a.orderId);
  }

  /** Open orders by ascending number, of one symbol or of all. */
  openOrders(symbol?: string): Order[] {
    if (symbol !== undefined) return [...(this.open.get(symbol)?.values() ?? [])];
    return [...this.open.values()].flatMap((orders) => [...orders.values()]).sort((a, b) => a.orderId - b.orderId);
  }

  /** All orders by ascending number, of one symbol or of all. */
  all(symbol?: string): readonly Order[] {
    return symbol === undefined ? this.orders : (this.bySymbol.get(symbol) ?? []);
  }

  /** The newest open order placed through the API. */
  newestOpenOwn(): Order | undefined {
    return this.openOrders().findLast((order) => order.source === 'api' && isOpen(order));
  }
}

function listIn<K, V>(map: Map<K, V[]>, key: K): V[] {
  let list = map.get(key);
  if (list === undefined) map.set(key, (list = []));
  return list;
}
