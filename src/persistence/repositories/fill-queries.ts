import { FillEntity } from '../entities/fill.entity.js';
import type { ReadableLedger } from '../ledger-database.js';
import { narrow, paged, type LedgerFilter, type Page } from './page.js';
import type { MarketKey } from '../booking/derived-rows.js';

/** Questions about executions. */
export class FillQueries {
  constructor(private readonly ledger: ReadableLedger) {}

  async list(filter: LedgerFilter, page: Page): Promise<FillEntity[]> {
    return this.ledger.read((view) => view.find(FillEntity, (query) => paged(narrow(query, filter, 'executedAt'), 'executedAt', page)));
  }

  /** In the order they were booked. */
  async ofOrder(orderId: string): Promise<FillEntity[]> {
    return this.ledger.read((view) => view.select(FillEntity, 'row.orderId = :orderId ORDER BY row.id', { orderId }));
  }

  /** The newest execution known on a market, own or not: where reconciliation begins to ask. */
  async last({ mode, exchange, symbol }: Omit<MarketKey, 'botId'>): Promise<FillEntity | null> {
    const where = 'row.mode = :mode AND row.exchange = :exchange AND row.symbol = :symbol ORDER BY row.executedAt DESC, row.id DESC LIMIT 1';
    const [row] = await this.ledger.read((view) => view.select(FillEntity, where, { mode, exchange, symbol }));
    return row ?? null;
  }
}
