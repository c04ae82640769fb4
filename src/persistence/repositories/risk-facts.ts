import { sum, type DecimalText } from '../../domain/decimal.js';
import type { TradingMode } from '../../domain/order.js';
import { dayOf, type MarketKey } from '../booking/derived-rows.js';
import { BotEventEntity } from '../entities/bot-event.entity.js';
import type { PositionEntity } from '../entities/position.entity.js';
import { RiskStateEntity } from '../entities/risk-state.entity.js';
import type { LedgerDatabase, ReadableLedger } from '../ledger-database.js';
import type { LedgerView } from '../ledger-view.js';

interface Book {
  readonly botId: string;
  readonly mode: TradingMode;
}

const HOUR_MS = 3_600_000;
const BOOK = 'row.botId = :botId AND row.mode = :mode';

/** What the limits are held against, as the ledger has it. */
export interface LedgerFacts {
  /** Orders that may have left this machine since then: all but those that certainly did not. */
  readonly ordersLastHour: number;
  readonly ordersLastDay: number;
  /** Of all sales ever, and of those since UTC midnight; quote currency. */
  readonly realised: DecimalText;
  readonly realisedToday: DecimalText;
  /** Everything held for the same quote currency, valued by whoever knows a price; `lastPrice` is that of the last fill. */
  readonly held: readonly Pick<PositionEntity, 'symbol' | 'baseAsset' | 'quantity' | 'cost' | 'lastPrice' | 'lotStep'>[];
  /** UTC ms at which each of the round trips since the last one without a loss ended, oldest first. */
  readonly losses: readonly number[];
}

type HeldRow = LedgerFacts['held'][number] & Pick<PositionEntity, 'realised'>;

/** A change of the gate's memory, and what is written down about it. */
export interface RiskChange {
  readonly state: RiskStateEntity;
  readonly event: Omit<BotEventEntity, 'id'> | null;
}

/** Questions of the risk gate. */
export class RiskQueries {
  constructor(private readonly ledger: ReadableLedger) {}

  async state(book: Book): Promise<RiskStateEntity | null> {
    return this.ledger.read((view) => stateOf(view, book));
  }

  /**
   * @param nowMs UTC ms. What lies after it counts as well: a clock that was set back must not make room for more orders.
   */
  async facts({ botId, mode, exchange }: Omit<MarketKey, 'symbol'>, quoteAsset: string, nowMs: number): Promise<LedgerFacts> {
    const book = [botId, mode, exchange, quoteAsset];
    return this.ledger.read(async (view) => {
      const [orders] = await view.rows<{ day: number; hour: number | null }>(
        `SELECT count(*) AS day, sum(planned_at > ?) AS hour FROM orders WHERE planned_at > ? AND bot_id = ? AND mode = ? AND state <> 'NOT_SENT'`,
        [nowMs - HOUR_MS, nowMs - 24 * HOUR_MS, botId, mode],
      );
      // Plain rows: this is asked on every tick, and building entities would take half of its time.
      const held = await view.rows<HeldRow>(
        'SELECT symbol, base_asset AS "baseAsset", quantity, cost, realised, last_price AS "lastPrice", lot_step AS "lotStep" FROM positions WHERE bot_id = ? AND mode = ? AND exchange = ? AND quote_asset = ? ORDER BY symbol',
        book,
      );
      const today = await view.rows<{ realised: DecimalText }>('SELECT realised FROM daily_pnls WHERE bot_id = ? AND mode = ? AND exchange = ? AND quote_asset = ? AND day >= ?', [...book, dayOf(nowMs)]);
      const losses = await view.rows<{ closedAt: number }>(
        `SELECT closed_at AS "closedAt" FROM trades WHERE bot_id = ? AND mode = ? AND closed_at IS NOT NULL AND id >
          coalesce((SELECT id FROM trades WHERE bot_id = ? AND mode = ? AND closed_at IS NOT NULL AND pnl NOT LIKE '-%' ORDER BY id DESC LIMIT 1), 0) ORDER BY id`,
        [botId, mode, botId, mode],
      );
      return {
        ordersLastHour: orders.hour ?? 0,
        ordersLastDay: orders.day,
        realised: sum(held.map(({ realised }) => realised)),
        realisedToday: sum(today.map(({ realised }) => realised)),
        held,
        losses: losses.map(({ closedAt }) => closedAt),
      };
    });
  }
}

/**
 * The gate's memory: read, changed and written down in one transaction. What it read or wrote last is kept, for it is asked several times
 * a tick and nobody else may write it: whoever holds the lease is the one process, a bot has one of these, and what an operator wants
 * comes as a file that this process acts on. It is forgotten before every transaction, and what may not have been committed is never kept.
 */
export class RiskLedger extends RiskQueries {
  private known: { readonly book: Book; readonly row: RiskStateEntity | null } | null = null;
  /** Transactions that were begun: an answer that was asked for before the newest of them is not kept. */
  private changes = 0;

  constructor(private readonly database: LedgerDatabase) {
    super(database);
  }

  override async state({ botId, mode }: Book): Promise<RiskStateEntity | null> {
    // What is kept is no answer where the ledger would not give any.
    if (this.database.fault !== null) throw this.database.fault;
    if (this.known?.book.botId === botId && this.known.book.mode === mode) return this.known.row;
    const asked = this.changes;
    const row = await super.state({ botId, mode });
    if (asked === this.changes) this.known = { book: { botId, mode }, row };
    return row;
  }

  /**
   * Durable when it resolves. Nothing is written where `step` has nothing to change.
   *
   * @param step pure: it is asked twice
   */
  async change(book: Book, step: (state: RiskStateEntity | null) => RiskChange | null): Promise<RiskStateEntity | null> {
    const seen = await this.state(book);
    if (step(seen) === null) return seen;
    this.known = null;
    const mine = ++this.changes;
    const { result, stored } = await this.database.write(async (transaction) => {
      const before = await stateOf(transaction, book);
      const change = step(before);
      if (change === null) return { result: before, stored: before };
      await transaction.upsert(RiskStateEntity, change.state);
      if (change.event !== null) await transaction.insert(BotEventEntity, change.event);
      // As it was written, without what no file may hold.
      return { result: change.state, stored: await stateOf(transaction, book) };
    });
    // Another one that has begun since will know better.
    if (mine === this.changes) this.known = { book: { botId: book.botId, mode: book.mode }, row: stored };
    return result;
  }
}

async function stateOf(view: LedgerView, { botId, mode }: Book): Promise<RiskStateEntity | null> {
  const [row] = await view.select(RiskStateEntity, BOOK, { botId, mode });
  return row ?? null;
}
