import type { TradingClient } from '../exchange/trading-client.js';
import type { ReconcileRepository } from '../persistence/repositories/reconcile-repository.js';
import type { TradingBook } from './trading-book.js';

/** Two moments closer than this are the same wish, told twice. */
const SAME_MS = 1000;

/** Keeps for the next process how long the exchange wants to be left alone: a ban that a restart forgets grows. */
export class WaitMemory {
  private restored = false;
  private rememberedUntil = 0;

  constructor(
    private readonly client: TradingClient,
    private readonly ledger: ReconcileRepository,
    private readonly book: TradingBook,
  ) {}

  /**
   * Once, before the first request.
   *
   * @param nowMs local time: no wait is longer than it was told, however wrong the clock that it was written down by
   */
  async restore(nowMs: number): Promise<void> {
    if (this.restored) return;
    const event = await this.ledger.lastEvent(this.book, 'wait');
    const told = event?.details['until'];
    if (event !== null && typeof told === 'number') {
      const until = Math.min(told, nowMs + told - event.at);
      this.client.waitUntil(until);
      this.rememberedUntil = until;
    }
    this.restored = true;
  }

  /** @param nowMs exchange time as far as it is known */
  async remember(nowMs: number): Promise<void> {
    const waitMs = this.client.waitMs();
    const until = Math.ceil(nowMs + waitMs);
    if (waitMs <= 0 || until - this.rememberedUntil < SAME_MS) return;
    const { botId, mode } = this.book;
    await this.ledger.recordEvent({ botId, mode, kind: 'wait', at: Math.round(nowMs), configHash: null, details: { until } });
    this.rememberedUntil = until;
  }
}
