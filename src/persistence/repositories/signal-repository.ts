import type { Decision } from '../../domain/decision.js';
import type { Signal } from '../../domain/signal.js';
import { LedgerError } from '../../domain/errors.js';
import { SignalEntity } from '../entities/signal.entity.js';
import type { LedgerDatabase, ReadableLedger } from '../ledger-database.js';
import { narrow, paged, type LedgerFilter, type Page } from './page.js';

export type NewSignal = Omit<SignalEntity, 'id'>;

export interface SignalFilter extends LedgerFilter {
  readonly value?: Signal;
  readonly decision?: Decision;
}

export interface RecordedSignal {
  readonly id: number;
  /** false when the bar had been decided on before: what was recorded then is what counts. */
  readonly fresh: boolean;
}

type BarKey = Pick<SignalEntity, 'botId' | 'mode' | 'strategy' | 'symbol' | 'timeframe' | 'candleOpenTime'>;

const BAR = 'row.botId = :botId AND row.mode = :mode AND row.strategy = :strategy AND row.symbol = :symbol AND row.timeframe = :timeframe';
const NEWEST =
  'row.botId = :botId AND row.mode = :mode AND row.strategy = :strategy AND row.symbol = :symbol AND row.value = :value AND row.candleOpenTime >= :fromMs ORDER BY row.candleOpenTime DESC, row.id DESC LIMIT 1';

/** Questions about what was decided. */
export class SignalQueries {
  constructor(private readonly ledger: ReadableLedger) {}

  /** A side is a decision: `buy` lists the bars on which a purchase was decided. */
  async list({ value, decision, side, ...filter }: SignalFilter, page: Page): Promise<SignalEntity[]> {
    return this.ledger.read((view) =>
      view.find(SignalEntity, (query) => {
        narrow(query, filter, 'candleOpenTime');
        if (value !== undefined) query.andWhere('row.value = :value', { value });
        if (decision !== undefined || side !== undefined) query.andWhere('row.decision = :decision', { decision: decision ?? side });
        return paged(query, 'candleOpenTime', page);
      }),
    );
  }

  async last(key: Omit<BarKey, 'candleOpenTime'>): Promise<SignalEntity | null> {
    const [row] = await this.ledger.read((view) => view.select(SignalEntity, `${BAR} ORDER BY row.candleOpenTime DESC LIMIT 1`, key));
    return row ?? null;
  }

  /**
   * The newest bar on which a strategy said this, on any timeframe.
   *
   * @param fromMs UTC ms: bars that opened earlier are not looked at
   */
  async newest({ botId, mode, strategy, symbol }: Pick<BarKey, 'botId' | 'mode' | 'strategy' | 'symbol'>, value: Signal, fromMs: number): Promise<SignalEntity | null> {
    const [row] = await this.ledger.read((view) => view.select(SignalEntity, NEWEST, { botId, mode, strategy, symbol, value, fromMs }));
    return row ?? null;
  }

  async ofBar(key: BarKey): Promise<SignalEntity | null> {
    const [row] = await this.ledger.read((view) => view.select(SignalEntity, `${BAR} AND row.candleOpenTime = :candleOpenTime`, key));
    return row ?? null;
  }
}

/** What was decided, once per bar. */
export class SignalRepository extends SignalQueries {
  constructor(private readonly database: LedgerDatabase) {
    super(database);
  }

  /** Durable when it resolves. The second call for a bar changes nothing. */
  async record(signal: NewSignal): Promise<RecordedSignal> {
    try {
      return { id: await this.database.write((transaction) => transaction.insert(SignalEntity, signal)), fresh: true };
    } catch (error) {
      if (!(error instanceof LedgerError) || error.code !== 'LEDGER.DUPLICATE') throw error;
      const known = await this.ofBar(signal);
      if (known === null) throw error;
      return { id: known.id, fresh: false };
    }
  }
}
