import { negated, plus, ZERO, type DecimalText } from '../domain/decimal.js';
import { assetChanges, holdingOf } from '../domain/ledger.js';
import { UNRESOLVED_STATES, WORKING_STATES, type OrderState, type TradingMode } from '../domain/order.js';
import { marketKeyText, positionOf } from './booking/derived-rows.js';
import { AdjustmentEntity } from './entities/adjustment.entity.js';
import { OrderEntity } from './entities/order.entity.js';
import { PositionEntity } from './entities/position.entity.js';
import type { LedgerView } from './ledger-view.js';

/** Whose ledger: paper and live, and the bots of one folder, are never exported together. */
export interface ExportScope {
  readonly botId: string;
  readonly mode: TradingMode;
  readonly exchange: string;
}

const ORDERS_PER_PAGE = 250;
const FILLS_PER_PAGE = 5000;

interface FillRow {
  readonly id: number;
  readonly orderId: string;
  readonly tradeId: string;
  readonly price: DecimalText;
  readonly quantity: DecimalText;
  readonly commission: DecimalText;
  readonly commissionAsset: string;
  readonly executedAt: number;
}

/**
 * The whole ledger as one JSON document, in pieces: orders with their fills, what is held, how every asset changed by them, the coins
 * that left by hand, and the orders that nobody knows the end of. Amounts are decimal texts. Needs the memory of one page, however long the history is.
 */
export async function* exportLedger(view: LedgerView, scope: ExportScope): AsyncGenerator<string> {
  yield '{"orders":[';
  let first = true;
  for await (const order of ordersOf(view, scope)) {
    yield `${first ? '\n' : ',\n'}${order.head}`;
    for await (const fills of order.fills) yield fills;
    yield ']}';
    first = false;
  }
  const positions = await view.find(PositionEntity, (query) => query.where('row.botId = :botId AND row.mode = :mode AND row.exchange = :exchange', scope).orderBy('row.symbol'));
  const adjustments = await view.find(AdjustmentEntity, (query) => query.where('row.botId = :botId AND row.mode = :mode AND row.exchange = :exchange', scope).orderBy('row.id'));
  const unresolved = await view.find(OrderEntity, (query) =>
    query
      .where('row.botId = :botId AND row.mode = :mode AND row.exchange = :exchange AND row.state IN (:...states)', { ...scope, states: [...UNRESOLVED_STATES, ...WORKING_STATES] satisfies OrderState[] })
      .orderBy('row.plannedAt')
      .addOrderBy('row.id'),
  );
  const position = Object.fromEntries(positions.map((row) => [row.symbol, { quantity: row.quantity, cost: row.cost, realised: row.realised, fees: row.fees, holding: holdingOf(row.quantity, row.lotStep) }]));
  yield `\n],\n"position":${JSON.stringify(position)},\n"cash":${JSON.stringify(cashOf(positions, adjustments))},\n`;
  yield `"adjustments":${JSON.stringify(adjustments.map(({ symbol, quantity, cost, reason, at, afterFillId, details }) => ({ symbol, quantity, cost, reason, at, afterFillId, details })))},\n`;
  yield `"unresolved":${JSON.stringify(unresolved.map(({ signalKey, clientOrderId, exchangeOrderId, symbol, side, state }) => ({ signalKey, clientOrderId, exchangeOrderId, symbol, side: side.toUpperCase(), status: state })))}}\n`;
}

/** How every asset of the account changed by our trading. What left by hand is no trading: it is put back, with its cost. */
export function cashOf(positions: readonly PositionEntity[], adjustments: readonly AdjustmentEntity[]): Record<string, DecimalText> {
  const cash: Record<string, DecimalText> = {};
  const add = (asset: string, amount: DecimalText): void => {
    cash[asset] = plus(cash[asset] ?? ZERO, amount);
  };
  for (const row of positions) {
    const changes = assetChanges(positionOf(row), { base: row.baseAsset, quote: row.quoteAsset });
    for (const [asset, amount] of Object.entries(changes)) add(asset, amount);
    for (const { quantity, cost } of adjustments.filter((one) => marketKeyText(one) === marketKeyText(row))) {
      add(row.baseAsset, negated(quantity));
      add(row.quoteAsset, cost);
    }
  }
  return cash;
}

interface OrderPiece {
  /** The order up to the bracket that opens its fills. */
  readonly head: string;
  readonly fills: AsyncIterable<string> | Iterable<string>;
}

async function* ordersOf(view: LedgerView, scope: ExportScope): AsyncGenerator<OrderPiece> {
  let last: { plannedAt: number; id: string } = { plannedAt: -1, id: '' };
  for (;;) {
    const orders = await view.find(OrderEntity, (query) =>
      query
        .where('row.botId = :botId AND row.mode = :mode AND row.exchange = :exchange AND (row.plannedAt, row.id) > (:plannedAt, :id)', { ...scope, ...last })
        .orderBy('row.plannedAt')
        .addOrderBy('row.id')
        .limit(ORDERS_PER_PAGE),
    );
    const known = await fillsOfPage(view, orders);
    for (const order of orders) yield { head: headOf(order), fills: known === null ? fillsOfOrder(view, order.id) : textOf(known.get(order.id) ?? []) };
    const end = orders.at(-1);
    if (end === undefined || orders.length < ORDERS_PER_PAGE) return;
    last = end;
  }
}

function headOf(order: OrderEntity): string {
  const { signalKey, attempt, clientOrderId, exchangeOrderId, symbol, side, type, purpose, reason, strategy, quantity, limitPrice, state, plannedAt, sentAt, stateAt, executedQuantity, executedQuote } = order;
  const facts = { signalKey, attempt, clientOrderId, exchangeOrderId, symbol, side: side.toUpperCase(), type, purpose, reason, strategy, quantity, limitPrice, status: state, plannedAt, sentAt, stateAt, executedQty: executedQuantity, quoteQty: executedQuote };
  return `${JSON.stringify(facts).slice(0, -1)},"fills":[`;
}

const FILL_COLUMNS = 'id, order_id AS "orderId", trade_id AS "tradeId", price, quantity, commission, commission_asset AS "commissionAsset", executed_at AS "executedAt"';

/** Fills by order; null when they are too many to hold at once, and have to be fetched order by order. */
async function fillsOfPage(view: LedgerView, orders: readonly OrderEntity[]): Promise<ReadonlyMap<string, FillRow[]> | null> {
  const ids = orders.filter(({ executedQuantity }) => executedQuantity !== ZERO).map(({ id }) => id);
  if (ids.length === 0) return new Map();
  const rows = await view.rows<FillRow>(`SELECT ${FILL_COLUMNS} FROM fills WHERE order_id IN (${ids.map(() => '?').join(', ')}) ORDER BY order_id, id LIMIT ${FILLS_PER_PAGE}`, ids);
  if (rows.length === FILLS_PER_PAGE) return null;
  const byOrder = new Map<string, FillRow[]>();
  for (const row of rows) {
    const list = byOrder.get(row.orderId);
    if (list === undefined) byOrder.set(row.orderId, [row]);
    else list.push(row);
  }
  return byOrder;
}

async function* fillsOfOrder(view: LedgerView, orderId: string): AsyncGenerator<string> {
  let last = 0;
  for (;;) {
    const rows = await view.rows<FillRow>(`SELECT ${FILL_COLUMNS} FROM fills WHERE order_id = ? AND id > ? ORDER BY id LIMIT ${FILLS_PER_PAGE}`, [orderId, last]);
    if (rows.length > 0) yield (last === 0 ? '' : ',') + textOf(rows)[0];
    const end = rows.at(-1);
    if (end === undefined || rows.length < FILLS_PER_PAGE) return;
    last = end.id;
  }
}

function textOf(rows: readonly FillRow[]): string[] {
  return [rows.map(({ tradeId, price, quantity, commission, commissionAsset, executedAt }) => JSON.stringify({ tradeId, price, qty: quantity, commission, commissionAsset, executedAt })).join(',')];
}
