import type { BacktestResult, Gap, ResultTrade } from '../backtest/backtest-result.js';
import { oneLine } from './columns.js';
import { counted, NOTHING, price } from './numbers.js';
import { fullTime } from './times.js';

/** One sentence each: the warnings of the run, then the candles that are missing. */
export function noticesOf({ warnings, gaps }: BacktestResult): string[] {
  const told = warnings.map(oneLine).filter((warning) => warning !== '');
  return gaps.length > 0 ? [...told, gapNotice(gaps)] : told;
}

/** The trade that has no exit, or null when all have one. */
export function openPositionNotice({ trades, metrics }: BacktestResult, quote: string): string | null {
  const open = trades.find((trade) => trade.exit_time === null);
  if (open === undefined && metrics.total_trades <= metrics.closed_trades) return null;
  const entry = open === undefined ? '' : entryOf(open, quote);
  return `Open position${entry}, valued at the last close`;
}

function entryOf(trade: ResultTrade, quote: string): string {
  const paid = price(trade.entry_price);
  const at = paid === NOTHING ? '' : ` at ${`${paid} ${quote}`.trimEnd()}`;
  return ` since ${fullTime(trade.entry_time)}${at}`;
}

function gapNotice(gaps: readonly Gap[]): string {
  const missing = gaps.reduce((sum, gap) => sum + gap.missing_bars, 0);
  const longest = gaps.reduce((most, gap) => (gap.missing_bars > most.missing_bars ? gap : most));
  const dates = `${fullTime(longest.from)} → ${fullTime(longest.to)}`;
  if (gaps.length === 1) return `1 gap in the candles, ${counted(missing, 'bar')} missing, ${dates}; nothing filled there.`;
  const size = counted(longest.missing_bars, 'bar');
  return `${counted(gaps.length, 'gap')} in the candles, ${counted(missing, 'bar')} missing, the longest ${size}, ${dates}; nothing filled there.`;
}
