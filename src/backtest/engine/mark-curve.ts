import { HELD_CASH, HELD_COINS, HOLDING_WIDTH, UNTIL, type HoldingColumns } from '../../domain/holding-columns.js';
import type { Curve } from '../../domain/kernel.js';
import { CASH, COINS, holdCash, markStretch, startTotals } from './curve-totals.js';

/**
 * The equity curve of what was held, and its totals, in one pass.
 *
 * @param close one per bar; the last holding reaches to the last bar
 */
export function markCurve(close: Float64Array, holdings: HoldingColumns, initialCapital: number): Curve {
  const equity = new Float64Array(close.length + 1);
  equity[0] = initialCapital;
  const totals = startTotals(initialCapital);
  const { rows, count } = holdings;
  let bar = 0;
  for (let at = 0; at < count * HOLDING_WIDTH; at += HOLDING_WIDTH) {
    const until = rows[at + UNTIL];
    totals[CASH] = rows[at + HELD_CASH];
    totals[COINS] = rows[at + HELD_COINS];
    if (totals[COINS] !== 0) markStretch(totals, equity, close, bar, until);
    else holdCash(totals, equity, bar, until);
    bar = until;
  }
  return { equity, totals };
}
