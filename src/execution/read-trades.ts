import { compare } from '../domain/decimal.js';
import type { Finding } from '../domain/finding.js';
import { isoTime } from '../domain/instant.js';
import type { TradingClient, WireTrade } from '../exchange/trading-client.js';
import type { FillEntity } from '../persistence/entities/fill.entity.js';
import type { ReconcileRepository } from '../persistence/repositories/reconcile-repository.js';
import type { TradingBook } from './trading-book.js';

export interface ReadTrades {
  /** Oldest first. */
  readonly trades: readonly WireTrade[];
  /** A fill of the ledger that must be among them, and is not: then nothing may be booked from them. */
  readonly lost: FillEntity | null;
}

/**
 * Trades of the account from the newest known one on that can be seen everywhere, that one included: when it does not come up again,
 * the exchange is not the one that the ledger is about.
 *
 * @param settledAfterMs age at which a trade is visible in every view of the exchange
 */
export async function readTrades(client: TradingClient, ledger: ReconcileRepository, book: TradingBook, serverTime: number, settledAfterMs: number): Promise<ReadTrades> {
  const known = await ledger.lastFillBefore(book, serverTime - settledAfterMs);
  if (known === null) {
    const beganAt = Math.min((await ledger.firstOrderAt(book)) ?? serverTime, serverTime);
    return { trades: await client.tradesAfter(book.symbol, null, beganAt - settledAfterMs), lost: null };
  }
  const trades = await client.tradesAfter(book.symbol, idBefore(known.tradeId), known.executedAt);
  return { trades, lost: trades.some((trade) => isSame(trade, known)) ? null : known };
}

/** null where ids are no numbers: then the time decides. */
function idBefore(tradeId: string): string | null {
  return /^[1-9]\d{0,18}$/.test(tradeId) ? String(BigInt(tradeId) - 1n) : null;
}

function isSame({ tradeId, price, quantity }: WireTrade, known: FillEntity): boolean {
  return tradeId === known.tradeId && compare(price, known.price) === 0 && compare(quantity, known.quantity) === 0;
}

/**
 * What it means that the exchange does not know a trade of the ledger any more. Once may be a fault of the moment; time and again it is
 * another account.
 *
 * @param times in a row, 1 and more
 */
export function lostHistory({ tradeId, exchange, symbol, executedAt }: FillEntity, times: number): Finding {
  const what = `Trade ${tradeId} on ${symbol} of ${isoTime(executedAt)} is in the ledger, and ${exchange} does not tell of it`;
  if (times < MOST_UNSEEN) return { code: 'RECONCILE.HISTORY_UNSEEN', message: `${what}. Nothing is booked or sent before it is seen again`, stops: 'no_orders' };
  const remedy = 'its test network was wiped, or this is the key of another account. Use the right key, or begin a new ledger with another storage.data_dir';
  return { code: 'RECONCILE.HISTORY_GONE', message: `${what} any more: ${remedy}`, stops: 'halt' };
}

const MOST_UNSEEN = 3;
