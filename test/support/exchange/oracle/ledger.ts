import { format, type Units, units } from '../base/decimal.js';
import type { Journal, JournalOf, OrderSource } from '../base/journal.js';
import type { Market } from '../market/market.js';

/** One source's business in one symbol. Amounts are decimal strings. */
export interface SymbolLedger {
  orders: JournalOf<'order'>[];
  trades: JournalOf<'fill'>[];
  /** Bought less sold less commissions paid in the base asset. */
  netBase: string;
  /** Quote received for what was sold less quote paid for what was bought; commissions are counted apart. */
  quoteFlow: string;
  commissions: Record<string, string>;
}

export type Ledger = Record<string, Record<OrderSource, SymbolLedger>>;

/** Sums up, from the journal, what was traded per symbol through the API and by others. */
export function ledgerOf(journal: Journal, markets: ReadonlyMap<string, Market>): Ledger {
  const orders = journal.of('order');
  const fills = journal.of('fill');
  const entries = [...markets.values()].map((market): [string, Record<OrderSource, SymbolLedger>] => {
    const of = (source: OrderSource): SymbolLedger =>
      sum(
        orders.filter((order) => order.symbol === market.symbol && order.source === source),
        fills.filter((fill) => fill.symbol === market.symbol && fill.source === source),
        market.base,
      );
    return [market.symbol, { api: of('api'), foreign: of('foreign') }];
  });
  return Object.fromEntries(entries);
}

/** What one trade adds to the base held, its commission included. */
export function baseChange(fill: JournalOf<'fill'>, base: string): Units {
  const traded = fill.isBuyer ? units(fill.qty) : -units(fill.qty);
  return fill.commissionAsset === base ? traded - units(fill.commission) : traded;
}

function sum(orders: JournalOf<'order'>[], trades: JournalOf<'fill'>[], base: string): SymbolLedger {
  const commissions = new Map<string, Units>();
  let netBase = 0n;
  let quoteFlow = 0n;
  for (const trade of trades) {
    netBase += baseChange(trade, base);
    quoteFlow += trade.isBuyer ? -units(trade.quoteQty) : units(trade.quoteQty);
    commissions.set(trade.commissionAsset, (commissions.get(trade.commissionAsset) ?? 0n) + units(trade.commission));
  }
  return {
    orders,
    trades,
    netBase: format(netBase),
    quoteFlow: format(quoteFlow),
    commissions: Object.fromEntries([...commissions].map(([asset, amount]) => [asset, format(amount)])),
  };
}
