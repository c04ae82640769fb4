import type { DecimalText } from '../domain/decimal.js';
import type { FillEntity } from './entities/fill.entity.js';
import type { LedgerView } from './ledger-view.js';
import type { SqlValue } from './row-statements.js';
import { STREAM_ROWS } from './repositories/page.js';

/** A fill with what its order knows of the market. */
export interface OwnFill extends FillEntity {
  readonly orderId: string;
  readonly orderReason: string;
  readonly orderQuantity: DecimalText;
  readonly orderQuote: DecimalText;
  readonly baseAsset: string;
  readonly quoteAsset: string;
  readonly lotStep: DecimalText;
}

const COLUMNS = `f.id AS "id", f.order_id AS "orderId", f.origin AS "origin", f.bot_id AS "botId", f.mode AS "mode", f.exchange AS "exchange", f.symbol AS "symbol",
  f.strategy AS "strategy", f.trade_id AS "tradeId", f.side AS "side", f.price AS "price", f.quantity AS "quantity", f.commission AS "commission",
  f.commission_asset AS "commissionAsset", f.executed_at AS "executedAt", f.booked_at AS "bookedAt", o.reason AS "orderReason",
  o.executed_quantity AS "orderQuantity", o.executed_quote AS "orderQuote", o.base_asset AS "baseAsset", o.quote_asset AS "quoteAsset", o.lot_step AS "lotStep"`;

/** All fills of our own orders, a page at a time: in the order they were booked, or order by order. */
export async function* ownFills(view: LedgerView, by: 'booking' | 'order' = 'booking'): AsyncGenerator<OwnFill> {
  const after = by === 'booking' ? 'f.id > ?' : '(f.order_id, f.id) > (?, ?)';
  const sequence = by === 'booking' ? 'f.id' : 'f.order_id, f.id';
  const sql = `SELECT ${COLUMNS} FROM fills f JOIN orders o ON o.id = f.order_id WHERE f.order_id IS NOT NULL AND ${after} ORDER BY ${sequence} LIMIT ${STREAM_ROWS}`;
  let last: SqlValue[] = by === 'booking' ? [0] : ['', 0];
  for (;;) {
    const rows = await view.rows<OwnFill>(sql, last);
    yield* rows;
    const end = rows.at(-1);
    if (end === undefined || rows.length < STREAM_ROWS) return;
    last = by === 'booking' ? [end.id] : [end.orderId, end.id];
  }
}
