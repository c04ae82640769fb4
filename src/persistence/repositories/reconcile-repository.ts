import { bookedAsExternal, type ExternalFill } from '../booking/external-fills.js';
import type { MarketKey } from '../booking/derived-rows.js';
import { BotEventEntity, type BotEventKind } from '../entities/bot-event.entity.js';
import { FillEntity } from '../entities/fill.entity.js';
import { OrderEntity } from '../entities/order.entity.js';
import type { LedgerDatabase } from '../ledger-database.js';

type AnyBotsMarket = Omit<MarketKey, 'botId'>;
type Book = Pick<MarketKey, 'botId' | 'mode'>;

/** Something that only a person can end. */
export interface Alarm {
  readonly code: string;
  readonly message: string;
}

const MARKET = 'row.exchange = :exchange AND row.mode = :mode AND row.symbol = :symbol';
const OF_KIND = 'row.botId = :botId AND row.mode = :mode AND row.kind = :kind';
const IDS_PER_QUERY = 500;

/** What reconciliation asks of the ledger, and writes that no order explains. */
export class ReconcileRepository {
  constructor(private readonly database: LedgerDatabase) {}

  /** The newest execution on a market before a moment, own or not. @param beforeMs later ones may not be visible everywhere yet */
  async lastFillBefore({ exchange, mode, symbol }: AnyBotsMarket, beforeMs: number): Promise<FillEntity | null> {
    const where = `${MARKET} AND row.executedAt < :beforeMs ORDER BY row.executedAt DESC, row.id DESC LIMIT 1`;
    const [fill] = await this.database.read((view) => view.select(FillEntity, where, { exchange, mode, symbol, beforeMs }));
    return fill ?? null;
  }

  /** Which of these trades are in the ledger, own or external. */
  async bookedTrades({ exchange, mode, symbol }: AnyBotsMarket, tradeIds: readonly string[]): Promise<ReadonlySet<string>> {
    return this.database.read(async (view) => {
      const booked = new Set<string>();
      for (let from = 0; from < tradeIds.length; from += IDS_PER_QUERY) {
        const ids = tradeIds.slice(from, from + IDS_PER_QUERY);
        for (const { tradeId } of await view.select(FillEntity, `${MARKET} AND row.tradeId IN (:...ids)`, { exchange, mode, symbol, ids })) booked.add(tradeId);
      }
      return booked;
    });
  }

  /** Orders of any bot of this ledger, by the exchange's id. */
  async ordersByExchangeId({ exchange, mode, symbol }: AnyBotsMarket, exchangeOrderIds: readonly string[]): Promise<ReadonlyMap<string, OrderEntity>> {
    return this.database.read(async (view) => {
      const orders = new Map<string, OrderEntity>();
      for (let from = 0; from < exchangeOrderIds.length; from += IDS_PER_QUERY) {
        const ids = exchangeOrderIds.slice(from, from + IDS_PER_QUERY);
        for (const order of await view.select(OrderEntity, `${MARKET} AND row.exchangeOrderId IN (:...ids)`, { exchange, mode, symbol, ids })) orders.set(order.exchangeOrderId ?? '', order);
      }
      return orders;
    });
  }

  /** When the first order of the market was planned; null where there is none. */
  async firstOrderAt({ exchange, mode, symbol }: AnyBotsMarket): Promise<number | null> {
    const [order] = await this.database.read((view) => view.select(OrderEntity, `${MARKET} ORDER BY row.plannedAt LIMIT 1`, { exchange, mode, symbol }));
    return order?.plannedAt ?? null;
  }

  /**
   * Executions that are none of ours; with an alarm where they should have been. Both are there or neither is.
   *
   * @returns how many were new; the alarm is raised only with one that is
   */
  async recordExternal(fills: readonly ExternalFill[], { botId, mode }: Book, alarm: Alarm | null, nowMs: number): Promise<number> {
    return this.database.write(async (transaction) => {
      const added = await bookedAsExternal(transaction, fills, nowMs);
      const event = { botId, mode, at: nowMs, configHash: null };
      if (added > 0) await transaction.insert(BotEventEntity, alarm === null ? { ...event, kind: 'external_fill', details: { trades: added, first: fills[0].tradeId, last: fills.at(-1)?.tradeId } } : { ...event, kind: 'alarm', details: { ...alarm } });
      return added;
    });
  }

  /** Alarms that no person has answered with a `resume`; oldest first. */
  async openAlarms({ botId, mode }: Book): Promise<Alarm[]> {
    const events = await this.database.read(async (view) => {
      const alarms = await view.select(BotEventEntity, `${OF_KIND} ORDER BY row.id`, { botId, mode, kind: 'alarm' });
      if (alarms.length === 0) return [];
      const resumes = await view.select(BotEventEntity, `${OF_KIND} AND row.id > :first`, { botId, mode, kind: 'resume', first: alarms[0].id });
      // What the bot resumes by itself names nobody.
      const answeredUpTo = Math.max(0, ...resumes.filter(({ details }) => details['by'] !== undefined).map(({ id }) => id));
      return alarms.filter(({ id }) => id > answeredUpTo);
    });
    return events.map(({ details }) => ({ code: String(details['code']), message: String(details['message']) }));
  }

  /** The newest event of a kind. */
  async lastEvent({ botId, mode }: Book, kind: BotEventKind): Promise<BotEventEntity | null> {
    const [event] = await this.database.read((view) => view.select(BotEventEntity, `${OF_KIND} ORDER BY row.id DESC LIMIT 1`, { botId, mode, kind }));
    return event ?? null;
  }

  /** Raises an alarm; one that is open already is not raised again. */
  async raise({ botId, mode }: Book, alarm: Alarm, nowMs: number): Promise<void> {
    const open = await this.openAlarms({ botId, mode });
    if (open.some(({ code }) => code === alarm.code)) return;
    await this.recordEvent({ botId, mode, kind: 'alarm', at: nowMs, configHash: null, details: { ...alarm } });
  }

  async recordEvent(event: Omit<BotEventEntity, 'id'>): Promise<void> {
    await this.database.write((transaction) => transaction.insert(BotEventEntity, event));
  }
}
