import type { TradingMode } from '../../domain/order.js';
import { BotEventEntity } from '../entities/bot-event.entity.js';
import { DailyEquityEntity } from '../entities/daily-equity.entity.js';
import { RiskStateEntity } from '../entities/risk-state.entity.js';
import type { LedgerDatabase } from '../ledger-database.js';
import type { Page } from './page.js';

interface Book {
  readonly botId: string;
  readonly mode: TradingMode;
}

const BOOK = 'row.botId = :botId AND row.mode = :mode';

/** What the bot has to remember of itself: where its risk gate stands, what happened to it, what the account was worth. */
export class BotStateRepository {
  constructor(private readonly database: LedgerDatabase) {}

  async riskState({ botId, mode }: Book): Promise<RiskStateEntity | null> {
    const [row] = await this.database.read((view) => view.select(RiskStateEntity, BOOK, { botId, mode }));
    return row ?? null;
  }

  async setRiskState(state: RiskStateEntity): Promise<void> {
    await this.database.write((transaction) => transaction.upsert(RiskStateEntity, state));
  }

  async recordEvent(event: Omit<BotEventEntity, 'id'>): Promise<void> {
    await this.database.write((transaction) => transaction.insert(BotEventEntity, event));
  }

  /** Newest first. */
  async events({ botId, mode }: Book, { limit, offset }: Page): Promise<BotEventEntity[]> {
    return this.database.read((view) => view.select(BotEventEntity, `${BOOK} ORDER BY row.id DESC LIMIT :limit OFFSET :offset`, { botId, mode, limit, offset }));
  }

  async setDailyEquity(equity: DailyEquityEntity): Promise<void> {
    await this.database.write((transaction) => transaction.upsert(DailyEquityEntity, equity));
  }

  /** Oldest first, [fromMs, toMs). */
  async dailyEquity({ botId, mode }: Book, fromMs: number, toMs: number): Promise<DailyEquityEntity[]> {
    return this.database.read((view) => view.select(DailyEquityEntity, `${BOOK} AND row.day >= :fromMs AND row.day < :toMs ORDER BY row.day`, { botId, mode, fromMs, toMs }));
  }
}
