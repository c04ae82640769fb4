import { rounded } from '../domain/decimal.js';
import type { DaySummary } from '../notify/events.js';
import type { TradeRepository } from '../persistence/repositories/trade-repository.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Of amounts in quote currency. */
const PLACES = 2;

/** When the next day is to be summed up: the first `hour` o'clock, UTC, after now. */
export function nextSummaryAt(nowMs: number, hour: number): number {
  const today = Math.floor(nowMs / DAY_MS) * DAY_MS + hour * HOUR_MS;
  return today > nowMs ? today : today + DAY_MS;
}

/** What this process has seen of a day. */
export interface SeenTicks {
  readonly ticks: number;
  readonly skipped: number;
  readonly level: string;
}

/** The UTC day before `nowMs`, as the ledger has it. @throws LedgerError */
export async function summaryOf(trades: Pick<TradeRepository, 'pnl' | 'positions'>, book: { readonly botId: string; readonly mode: 'paper' | 'live' }, nowMs: number, seen: SeenTicks): Promise<DaySummary> {
  const toMs = Math.floor(nowMs / DAY_MS) * DAY_MS;
  const fromMs = toMs - DAY_MS;
  const results = await trades.pnl({ ...book, fromMs, toMs }, 'total');
  const positions = await trades.positions(book);
  return {
    ...seen,
    fromMs,
    toMs,
    fills: results.reduce((all, { fills }) => all + fills, 0),
    realised: results.map(({ quoteAsset, realised }) => ({ asset: quoteAsset, amount: rounded(realised, PLACES) })),
    positions: positions.filter(({ holding }) => holding === 'open').map(({ symbol, quantity, unrealised, quoteAsset }) => ({ symbol, quantity, quoteAsset, unrealised: rounded(unrealised, PLACES) })),
  };
}
