import { UNMOVED_STATES, signalKeyText, type SignalKey } from '../domain/order.js';
import { timeframeMs } from '../domain/timeframe.js';
import type { SignalEntity } from '../persistence/entities/signal.entity.js';
import type { OrderQueries } from '../persistence/repositories/order-repository.js';
import type { SignalQueries } from '../persistence/repositories/signal-repository.js';
import type { TradeRepository } from '../persistence/repositories/trade-repository.js';
import type { Book } from './book.js';

/** Attempts to get out on one signal that were refused or lost before a person has to look. */
const MOST_ATTEMPTS = 3;

/** Under which key the way out can be taken now. */
export type ExitWay =
  | { readonly kind: 'open'; readonly key: SignalKey; readonly attempt: number }
  /** The orders of the bars in question moved money already; the next bar brings a new key. */
  | { readonly kind: 'waits' }
  | { readonly kind: 'failed'; readonly attempts: number };

/** What earlier bars left to do, and how it can be tried again without ever being sent twice. */
export class OrderWays {
  constructor(
    private readonly book: Book,
    private readonly strategy: string,
    private readonly ledger: { readonly signals: SignalQueries; readonly orders: OrderQueries; readonly trades: TradeRepository },
  ) {}

  /**
   * Open time of the bar that said sell since something is held, when no later one said buy: an exit that is owed. A buy calls off a
   * sale that waits, as it does in a backtest.
   */
  async owedSince(): Promise<number | null> {
    const trip = await this.ledger.trades.openTrip(this.book);
    if (trip === null) return null;
    // The bar that was open when it was bought counts: it closed, and spoke, after that. Earlier ones are not even looked at.
    const sell = await this.newest(-1, trip.openedAt - timeframeMs(this.book.timeframe) + 1);
    if (sell === null) return null;
    const buy = await this.newest(1, sell.candleOpenTime);
    return buy === null ? sell.candleOpenTime : null;
  }

  /**
   * Open time of the bar that said buy while nothing could be traded, when nothing has been traded since and no later bar said sell: such
   * an entry waits for the market, as it does in a backtest.
   *
   * @param tradedAt open time of the last bar on which anything was traded
   */
  async waitingSince(tradedAt: number): Promise<number | null> {
    const buy = await this.newest(1, Math.max(0, tradedAt));
    if (buy === null || buy.reason !== 'ENTRY.WAITS') return null;
    const sell = await this.newest(-1, buy.candleOpenTime);
    return sell === null ? buy.candleOpenTime : null;
  }

  /** @param bars open times of the bars whose key may be used, the preferred one first */
  async find(bars: readonly number[]): Promise<ExitWay> {
    for (const candleOpenTime of new Set(bars)) {
      const { botId, mode, symbol, timeframe } = this.book;
      const key: SignalKey = { botId, mode, symbol, timeframe, candleOpenTime, action: 'sell' };
      const orders = await this.ledger.orders.ofSignal(signalKeyText(key));
      // What moved money, or may have, has used the key up. What never left this machine proves nothing against trying again.
      if (orders.some(({ state }) => !UNMOVED_STATES.includes(state))) continue;
      const failed = orders.filter(({ state }) => state !== 'NOT_SENT').length;
      if (failed >= MOST_ATTEMPTS) return { kind: 'failed', attempts: failed };
      return { kind: 'open', key, attempt: orders.length + 1 };
    }
    return { kind: 'waits' };
  }

  /** @param fromMs open time of the earliest bar that matters */
  private async newest(value: 1 | -1, fromMs: number): Promise<SignalEntity | null> {
    const row = await this.ledger.signals.newest({ ...this.book, strategy: this.strategy }, value, fromMs);
    return row === null || row.timeframe !== this.book.timeframe ? null : row;
  }
}
