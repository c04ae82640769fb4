import { format, mulFloor, type Units, units } from '../base/decimal.js';
import type { Journal, JournalOf } from '../base/journal.js';
import type { Market } from '../market/market.js';
import { type BotFill, type BotLedger, marketId } from './bot-export.js';
import { baseChange } from './ledger.js';

/** Tolerance on the position limit: 1 %. */
const TOLERANCE_DIVISOR = 100n;

/** No client order id and no signal was executed twice. Only ids with the prefix are looked at. */
export function oneOrderPerIntent(journal: Journal, prefix: string, ledger?: BotLedger): string[] {
  const executed = executedOrders(journal).filter(({ clientOrderId }) => clientOrderId.startsWith(prefix));
  const signals = new Map(ledger?.orders.map(({ clientOrderId, signalKey }) => [clientOrderId, signalKey]));
  const byId = executed.map(({ clientOrderId }) => clientOrderId);
  const bySignal = [...new Set(byId)].flatMap((id) => signals.get(id) ?? []);
  return [
    ...repeated(byId).map((id) => `client order id ${id} was executed more than once`),
    ...repeated(bySignal).map((key) => `signal ${key} was executed more than once`),
  ];
}

/** The bot's ledger holds every executed order and every trade once, as they were, and nothing else. */
export function ledgerEqual(journal: Journal, ledger: BotLedger): string[] {
  const problems: string[] = [];
  const executed = executedOrders(journal);
  for (const order of executed) {
    const matching = ledger.orders.filter(
      ({ clientOrderId, exchangeOrderId, fills }) =>
        clientOrderId === order.clientOrderId &&
        (exchangeOrderId === null ? fills.length > 0 : String(exchangeOrderId) === String(order.orderId)),
    );
    if (matching.length !== 1) {
      problems.push(`order ${order.orderId} (${order.clientOrderId}): expected once in the ledger; was there ${matching.length} times`);
      continue;
    }
    const [told] = matching;
    if (marketId(told.symbol) !== order.symbol || told.side.toUpperCase() !== order.side) {
      problems.push(`order ${order.orderId}: expected ${order.side} ${order.symbol}; was ${told.side} ${told.symbol}`);
    }
  }
  const trades = new Map(journal.of('fill').filter(({ source }) => source === 'api').map((fill) => [`${fill.symbol}:${fill.id}`, fill]));
  const told = ledger.orders.flatMap(({ symbol, fills }) => fills.map((fill) => ({ id: `${marketId(symbol)}:${fill.tradeId}`, fill })));
  for (const { id, fill } of told) {
    const trade = trades.get(id);
    if (trade === undefined) problems.push(`trade ${id} of the ledger is none that was made through the API`);
    else problems.push(...differences(id, fill, trade));
  }
  const ids = told.map(({ id }) => id);
  problems.push(...repeated(ids).map((id) => `trade ${id} is in the ledger more than once`));
  problems.push(...[...trades.keys()].filter((id) => !ids.includes(id)).map((id) => `trade ${id} is missing in the ledger`));
  return problems;
}

/** What was held through the API was never worth more than the limit, in quote currency, and 1 % of it. */
export function maxPosition(journal: Journal, market: Market, limit: Units): string[] {
  const most = limit + limit / TOLERANCE_DIVISOR;
  let net = 0n;
  let price = 0n;
  for (const entry of journal.entries) {
    if (entry.type === 'step' && entry.symbol === market.symbol) price = units(entry.last);
    else if (entry.type === 'fill' && entry.source === 'api' && entry.symbol === market.symbol) net += baseChange(entry, market.base);
    else continue;
    const worth = mulFloor(net, price);
    if (worth > most) return [`position at entry ${entry.n}: expected at most ${format(most)} ${market.quote}; was ${format(worth)}`];
  }
  return [];
}

/** Nothing was ever sold through the API that had not been bought through it. */
export function neverShortOwn(journal: Journal, market: Market): string[] {
  let net = 0n;
  for (const fill of journal.of('fill')) {
    if (fill.source !== 'api' || fill.symbol !== market.symbol) continue;
    net += baseChange(fill, market.base);
    if (net < 0n) return [`trade ${fill.id} sold ${format(-net)} ${market.base} more than was bought`];
  }
  return [];
}

/** So many orders at least were executed. */
export function traded(journal: Journal, min: number): string[] {
  const count = executedOrders(journal).length;
  return count >= min ? [] : [`expected at least ${min} executed orders; were ${count}`];
}

/** Orders placed through the API that have at least one trade. */
function executedOrders(journal: Journal): JournalOf<'order'>[] {
  const withTrades = new Set(journal.of('fill').map(({ orderId }) => orderId));
  return journal.of('order').filter(({ source, orderId }) => source === 'api' && withTrades.has(orderId));
}

function differences(id: string, told: BotFill, trade: JournalOf<'fill'>): string[] {
  const amounts = (['price', 'qty', 'commission'] as const).filter((field) => units(told[field]) !== units(trade[field]));
  const fields = [...amounts, ...(told.commissionAsset === trade.commissionAsset ? [] : (['commissionAsset'] as const))];
  return fields.map((field) => `trade ${id}: expected ${field} ${trade[field]}; was ${told[field]}`);
}

function repeated(values: readonly string[]): string[] {
  return [...new Set(values.filter((value, i) => values.indexOf(value) !== i))];
}
