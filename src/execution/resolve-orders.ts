import type { Clock } from '../domain/clock.js';
import { ExchangeUnavailable } from '../domain/errors.js';
import type { OrderEntity } from '../persistence/entities/order.entity.js';
import type { TradingDesk } from './open-desk.js';

/** The quarantine of an order takes less than a minute; an exchange that answers badly needs more of them. */
const LONGEST_MS = 180_000;
const ROUND_MS = 20_000;
const PAUSE_MS = 2000;

/**
 * Reconciles round after round until the outcome of every order is known, or three minutes are over.
 *
 * @param say what is being waited for, with the seconds that it took so far
 * @returns the orders that were unresolved, as they are now
 */
export async function resolveOrders({ reconciler, orders, book }: Pick<TradingDesk, 'reconciler' | 'orders' | 'book'>, clock: Clock, say: (text: string) => void): Promise<OrderEntity[]> {
  const began = clock.monotonic();
  const before = await orders.unresolved(book);
  if (before.length > 0) say(`${before.length} ${before.length === 1 ? 'order' : 'orders'} of unknown outcome; to prove that one never arrived takes about a minute`);
  let left = before.length;
  while (left > 0 && clock.monotonic() - began < LONGEST_MS) {
    const tell = (text: string): void => say(`${Math.round((clock.monotonic() - began) / 1000)} s: ${text}`);
    try {
      const { findings } = await reconciler.reconcile(clock.now(), { settleMs: ROUND_MS });
      for (const { message } of findings.filter(({ code }) => code.startsWith('ORDER.UN'))) tell(message);
    } catch (error) {
      if (!(error instanceof ExchangeUnavailable)) throw error;
      tell(error.message);
    }
    left = (await orders.unresolved(book)).length;
    if (left > 0) await clock.sleep(PAUSE_MS);
  }
  const after = await Promise.all(before.map(({ id }) => orders.byId(id)));
  return after.filter((order) => order !== null);
}
