import type { TradeRecord } from '../base/journal.js';

/** The account's trades, numbered from 1 in the order in which they happened. */
export class Trades {
  private readonly bySymbol = new Map<string, TradeRecord[]>();
  private readonly byOrder = new Map<number, TradeRecord[]>();
  private count = 0;

  get nextId(): number {
    return this.count + 1;
  }

  add(trade: TradeRecord): void {
    this.count++;
    append(this.bySymbol, trade.symbol, trade);
    append(this.byOrder, trade.orderId, trade);
  }

  ofSymbol(symbol: string): readonly TradeRecord[] {
    return this.bySymbol.get(symbol) ?? [];
  }

  ofOrder(orderId: number): readonly TradeRecord[] {
    return this.byOrder.get(orderId) ?? [];
  }
}

function append<K>(map: Map<K, TradeRecord[]>, key: K, trade: TradeRecord): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [trade]);
  else list.push(trade);
}
