import { DAY_MS } from '../../domain/timeframe.js';

/**
 * The curve by UTC days: the starting capital, then the last equity of each day. A bar belongs to the day of its open, so the
 * product of the daily returns is the total return.
 *
 * @param equity starting capital, then one value per bar
 * @param firstOpenMs open of the first bar
 * @returns null when bars are longer than a day: there is no daily equity then
 */
export function dailyEquity(equity: Float64Array, firstOpenMs: number, barMs: number): Float64Array | null {
  if (barMs > DAY_MS) return null;
  const bars = equity.length - 1;
  const days: number[] = [equity[0]];
  let bar = 0;
  while (bar < bars) {
    const dayEnd = (Math.floor((firstOpenMs + bar * barMs) / DAY_MS) + 1) * DAY_MS;
    const next = Math.min(bars, Math.ceil((dayEnd - firstOpenMs) / barMs));
    days.push(equity[next]);
    bar = next;
  }
  return Float64Array.from(days);
}
