import { compare, isDecimal, minus, plus, times, ZERO, type DecimalText } from '../domain/decimal.js';
import type { TradingAccount, WireReport, WireTrade } from '../exchange/trading-client.js';
import type { OrderEntity } from '../persistence/entities/order.entity.js';

/** The account as it looks after the order was missed, and what the ledger knows of it. */
export interface AbsenceEvidence {
  /** Every order since the request. */
  readonly orders: readonly WireReport[];
  /** Every trade since the newest one before the request. */
  readonly trades: readonly WireTrade[];
  /** Free and locked together, by asset. */
  readonly holdings: Readonly<Record<string, DecimalText>>;
  /** Exchange ids of the bot's own other orders. */
  readonly ownOrderIds: ReadonlySet<string>;
}

/** A day, and what is lost to summer time: somebody may have set the clock that stamped the request. Two questions more, and rarely. */
const CLOCK_MARGIN_MS = 26 * 3_600_000;

/**
 * Reads all of it anew.
 *
 * @param now exchange time, UTC ms
 * @throws ExchangeError when one of the reads fails: then nothing is known
 */
export async function gatherEvidence(account: TradingAccount, order: OrderEntity, ownOrderIds: ReadonlySet<string>, now: number): Promise<AbsenceEvidence> {
  const sinceMs = Math.min(order.plannedAt, now) - CLOCK_MARGIN_MS;
  const orders = await account.ordersSince(order.symbol, sinceMs);
  const trades = await account.tradesAfter(order.symbol, order.lastTradeIdBefore, sinceMs);
  const holdings = Object.fromEntries(Object.entries(await account.balances()).map(([asset, { free, locked }]) => [asset, plus(free, locked)]));
  return { orders, trades, holdings, ownOrderIds };
}

/**
 * What speaks against the order never having arrived. Pure.
 *
 * @returns in words; empty when nothing does
 */
export function doubtsOfAbsence(order: OrderEntity, { orders, trades, holdings, ownOrderIds }: AbsenceEvidence): string[] {
  const doubts = orders.filter(({ clientOrderId }) => clientOrderId === order.clientOrderId).map(({ exchangeOrderId }) => `order ${exchangeOrderId} of the exchange has its id`);
  const isOther = otherOrders(order, orders, ownOrderIds);
  const unexplained = trades.filter(({ exchangeOrderId }) => !isOther.has(exchangeOrderId));
  doubts.push(...unexplained.map(({ tradeId, exchangeOrderId }) => `trade ${tradeId} of order ${exchangeOrderId} may be its execution`));
  const explained = trades.filter(({ exchangeOrderId }) => isOther.has(exchangeOrderId)).sort((a, b) => a.executedAt - b.executedAt);
  doubts.push(...doubtsOfHoldings(order, explained, holdings));
  return doubts;
}

/**
 * Whether the account holds what it held before, and what other trades brought or took. Which of the trades that came before the request
 * were in the balances already, nobody knows: views of an exchange trail behind each other. One way of counting them that fits is enough,
 * for none of them is the order's.
 */
function doubtsOfHoldings(order: OrderEntity, trades: readonly WireTrade[], holdings: AbsenceEvidence['holdings']): string[] {
  const earlier = trades.filter(({ executedAt }) => executedAt <= order.plannedAt).length;
  const ways = Array.from({ length: earlier + 1 }, (_, counted) => differences(order, trades.slice(counted), holdings));
  return ways.find((doubts) => doubts.length === 0) ?? ways[0];
}

function differences(order: OrderEntity, trades: readonly WireTrade[], holdings: AbsenceEvidence['holdings']): string[] {
  return [order.baseAsset, order.quoteAsset].flatMap((asset) => {
    const before = holdingBefore(order, asset);
    if (before === null) return [`nothing is on record of the ${asset} that was held before it`];
    const expected = plus(before, movement(asset, trades, order));
    const now = holdings[asset] ?? ZERO;
    return compare(expected, now) === 0 ? [] : [`${now} ${asset} is held where ${expected} should be`];
  });
}

/**
 * Orders that are certainly not this one: the bot's own others, and those under a foreign name. A cancel may give an order another name,
 * so one that could have rested, and asked for the same, is not told from ours by its name.
 */
function otherOrders(order: OrderEntity, orders: readonly WireReport[], ownOrderIds: ReadonlySet<string>): ReadonlySet<string> {
  const neverRests = order.type === 'market' || order.timeInForce === 'IOC' || order.timeInForce === 'FOK';
  const foreign = orders.filter(
    ({ clientOrderId, side, quantity }) => clientOrderId !== order.clientOrderId && (neverRests || side !== order.side || compare(quantity, order.quantity) !== 0),
  );
  return new Set([...ownOrderIds, ...foreign.map(({ exchangeOrderId }) => exchangeOrderId)]);
}

/** What trades moved of one asset. */
function movement(asset: string, trades: readonly WireTrade[], { baseAsset, quoteAsset }: OrderEntity): DecimalText {
  return trades.reduce((total, { side, price, quantity, commission, commissionAsset }) => {
    const [into, out] = side === 'buy' ? [baseAsset, quoteAsset] : [quoteAsset, baseAsset];
    const amountOf = (which: string): DecimalText => (which === baseAsset ? quantity : times(price, quantity));
    let after = total;
    if (asset === into) after = plus(after, amountOf(into));
    if (asset === out) after = minus(after, amountOf(out));
    return asset === commissionAsset ? minus(after, commission) : after;
  }, ZERO);
}

/** Free and locked together, as kept with the intent; null when it was not kept. An asset that is not named was held in the amount 0. */
function holdingBefore({ balancesBefore }: OrderEntity, asset: string): DecimalText | null {
  const balance = balancesBefore[asset] as { readonly free?: unknown; readonly locked?: unknown } | undefined;
  if (balance === undefined) return Object.keys(balancesBefore).length === 0 ? null : ZERO;
  const { free, locked } = balance;
  if (typeof free !== 'string' || typeof locked !== 'string' || !isDecimal(free) || !isDecimal(locked)) return null;
  return plus(free, locked);
}
