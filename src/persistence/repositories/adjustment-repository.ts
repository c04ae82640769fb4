import { compare, minus, negated, ZERO, type DecimalText } from '../../domain/decimal.js';
import { LedgerError } from '../../domain/errors.js';
import { UNRESOLVED_STATES, WORKING_STATES } from '../../domain/order.js';
import { loadDerived, writeDerived } from '../booking/book-fills.js';
import type { MarketKey } from '../booking/derived-rows.js';
import { AdjustmentEntity } from '../entities/adjustment.entity.js';
import { BotEventEntity } from '../entities/bot-event.entity.js';
import { OrderEntity } from '../entities/order.entity.js';
import type { LedgerDatabase, ReadableLedger } from '../ledger-database.js';
import type { LedgerView } from '../ledger-view.js';

/** What a person has seen and accepts. */
export interface AcceptedMismatch extends MarketKey {
  /** Coins that the ledger held when it was shown. */
  readonly held: DecimalText;
  /** Coins that are really there; fewer, and not below zero. */
  readonly there: DecimalText;
  readonly at: number;
  /** In a word; the exit reason of a round trip that it ends. */
  readonly reason: string;
  readonly details: Readonly<Record<string, unknown>>;
}

/** Questions about coins that left by hand. */
export class AdjustmentQueries {
  constructor(private readonly ledger: ReadableLedger) {}

  /** Oldest first. */
  async list({ botId, mode, exchange }: Pick<MarketKey, 'botId' | 'mode' | 'exchange'>): Promise<AdjustmentEntity[]> {
    return this.ledger.read((view) => view.select(AdjustmentEntity, 'row.botId = :botId AND row.mode = :mode AND row.exchange = :exchange ORDER BY row.id', { botId, mode, exchange }));
  }
}

/** The one way in which a position changes without a fill: a person has looked, and says that coins are gone. */
export class AdjustmentRepository extends AdjustmentQueries {
  constructor(private readonly database: LedgerDatabase) {
    super(database);
  }

  /**
   * Takes the missing coins out of the position, at their average cost: nothing is realised. The round trip ends when nothing is left
   * that could be sold.
   *
   * @throws LedgerError LEDGER.CONFLICT when the position is no longer what was seen; LEDGER.STATE while an order of the market is not
   *   done, for what it traded may explain everything; LEDGER.INVALID when nothing is missing
   */
  async acceptMismatch({ held, there, at, reason, details, ...key }: AcceptedMismatch): Promise<AdjustmentEntity> {
    if (compare(there, ZERO) < 0 || compare(there, held) >= 0) {
      throw new LedgerError('LEDGER.INVALID', `Only missing coins can be accepted: the ledger holds ${held} and ${there} are there`);
    }
    return this.database.write(async (transaction) => {
      const [pending] = await ordersNotDone(transaction, key);
      if (pending !== undefined) throw new LedgerError('LEDGER.STATE', `Order ${pending.clientOrderId} on ${key.symbol} is ${pending.state}: settle it first with \`orders resolve\`, for it may explain what is missing`);
      const derived = await loadDerived(transaction, key);
      const { position } = derived;
      if (position === null || position.quantity !== held) {
        throw new LedgerError('LEDGER.CONFLICT', `The position in ${key.symbol} is ${position?.quantity ?? ZERO} by now, and was ${held} when it was shown: look again with \`reconcile\``);
      }
      const quantity = minus(held, there);
      const cost = derived.takeOut(quantity, at, reason) ?? ZERO;
      const { botId, mode, exchange, symbol } = key;
      const row = { botId, mode, exchange, symbol, afterFillId: position.lastFillId, quantity: negated(quantity), cost: negated(cost), reason, at, details };
      const id = await transaction.insert(AdjustmentEntity, row);
      await writeDerived(transaction, derived);
      await transaction.insert(BotEventEntity, { botId, mode, kind: 'adjusted', at, configHash: null, details: { symbol, quantity: row.quantity, reason } });
      return { id, ...row };
    });
  }
}

async function ordersNotDone(view: LedgerView, { exchange, mode, symbol }: MarketKey): Promise<OrderEntity[]> {
  const states = [...UNRESOLVED_STATES, ...WORKING_STATES];
  return view.select(OrderEntity, 'row.exchange = :exchange AND row.mode = :mode AND row.symbol = :symbol AND row.state IN (:...states) ORDER BY row.plannedAt LIMIT 1', { exchange, mode, symbol, states });
}
