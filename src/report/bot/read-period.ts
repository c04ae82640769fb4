import type { Timeframe } from '../../domain/timeframe.js';
import type { LedgerView } from '../../persistence/ledger-view.js';
import { ownFills, type OwnFill } from '../../persistence/own-fills.js';
import type { LedgerQueries } from '../../persistence/read-ledger.js';
import type { BotAdjustment, BotDecision, BotKey, BotOrder, BotPeriod } from './bot-period.js';

interface OrderRow extends Omit<BotOrder, 'arrivalPrice'> {
  readonly gates: string | null;
}

const OF_BOT = 'bot_id = ? AND mode = ? AND symbol = ?';
const TRADED = "executed_quantity <> '0'";

/** The newest event about an order's decision holds what the gates read, the order book among it. */
const ORDERS = `SELECT o.id AS "id", o.side AS "side", o.planned_at AS "plannedAt", o.executed_quantity AS "executedQuantity", o.executed_quote AS "executedQuote",
  o.stop_price AS "stopPrice", coalesce(json_extract(s.candle, '$.close'), o.reference_price) AS "decisionPrice",
  (SELECT json_extract(e.details, '$.gates') FROM bot_events e WHERE e.bot_id = o.bot_id AND e.mode = o.mode AND e.kind = 'tick' AND e.at >= s.decided_at
    AND json_extract(e.details, '$.signal_id') = o.signal_id AND json_extract(e.details, '$.attempt') = o.attempt ORDER BY e.id DESC LIMIT 1) AS "gates"
  FROM orders o LEFT JOIN signals s ON s.id = o.signal_id WHERE o.bot_id = ? AND o.mode = ? AND o.symbol = ? AND o.exchange = ? AND o.planned_at >= ? AND o.planned_at < ? AND (o.${TRADED} OR o.stop_price IS NOT NULL)
  ORDER BY o.planned_at, o.id`;

/** When the bot first decided or planned anything on this market; null where it never did. */
export async function firstLook({ reader }: LedgerQueries, { botId, mode, symbol }: BotKey, timeframe: Timeframe): Promise<number | null> {
  const [row] = await reader.read((view) => view.rows<{ first: number | null }>(`SELECT min(candle_open_time) AS "first" FROM signals WHERE ${OF_BOT} AND timeframe = ?`, [botId, mode, symbol, timeframe]));
  return row?.first ?? null;
}

/** Everything of one bot on one market that a report needs, as of one moment. */
export async function readPeriod({ reader }: LedgerQueries, key: BotKey, timeframe: Timeframe, fromMs: number, toMs: number): Promise<BotPeriod> {
  return reader.read(async (view) => {
    const all: OwnFill[] = [];
    for await (const fill of ownFills(view)) if (fill.botId === key.botId && fill.mode === key.mode && fill.symbol === key.symbol && fill.executedAt < toMs) all.push(fill);
    const exchange = all.at(-1)?.exchange ?? '';
    const fills = all.filter((fill) => fill.exchange === exchange);
    return {
      key,
      fromMs,
      toMs,
      fills,
      adjustments: await adjustmentsOf(view, key, exchange, toMs),
      orders: await ordersOf(view, key, exchange, fromMs, toMs),
      decisions: await view.rows<BotDecision>(
        `SELECT candle_open_time AS "candleOpenTime", strategy AS "strategy", decision AS "decision", reason AS "reason" FROM signals WHERE ${OF_BOT} AND timeframe = ? AND candle_open_time >= ? AND candle_open_time < ? ORDER BY candle_open_time, id`,
        [key.botId, key.mode, key.symbol, timeframe, fromMs, toMs],
      ),
      elsewhere: all.length - fills.length,
    };
  });
}

async function adjustmentsOf(view: LedgerView, { botId, mode, symbol }: BotKey, exchange: string, toMs: number): Promise<BotAdjustment[]> {
  return view.rows<BotAdjustment>(`SELECT after_fill_id AS "afterFillId", quantity AS "quantity", at AS "at", reason AS "reason" FROM adjustments WHERE ${OF_BOT} AND exchange = ? AND at < ? ORDER BY id`, [botId, mode, symbol, exchange, toMs]);
}

async function ordersOf(view: LedgerView, { botId, mode, symbol }: BotKey, exchange: string, fromMs: number, toMs: number): Promise<BotOrder[]> {
  const rows = await view.rows<OrderRow>(ORDERS, [botId, mode, symbol, exchange, fromMs, toMs]);
  return rows.map(({ gates, ...order }) => ({ ...order, arrivalPrice: middleIn(gates) }));
}

/** The gate that looks at the order book writes `bid / ask`. */
function middleIn(gates: string | null): number | null {
  if (gates === null) return null;
  const readings = JSON.parse(gates) as readonly { readonly code?: string; readonly value?: string | null }[];
  const sides = /^([\d.]+) \/ ([\d.]+)$/.exec(readings.find(({ code }) => code === 'RISK.BOOK')?.value ?? '');
  return sides === null ? null : (Number(sides[1]) + Number(sides[2])) / 2;
}
