import type { BacktestResult, Gap, ResultTrade } from '../backtest/backtest-result.js';
import { oneLine } from './columns.js';
import { counted, price } from './numbers.js';
import { fullTime } from './times.js';

/** One sentence each: the warnings of the run, then the candles that are missing. */
export function noticesOf({ warnings, gaps }: Pick<BacktestResult, 'warnings' | 'gaps'>): string[] {
  const told = warnings.map(oneLine).filter((warning) => warning !== '');
  return gaps.length > 0 ? [...told, gapNotice(gaps)] : told;
}

/** The trade that has no exit, or null when all have one. */
export function openPositionNotice(trades: readonly ResultTrade[], quote: string): string | null {
  const open = trades.find((trade) => trade.exit_time === null);
  if (open === undefined) return null;
  const paid = `${price(open.entry_price)} ${quote}`.trimEnd();
  return `Open position since ${fullTime(open.entry_time)} at ${paid}, valued at the last close`;
}

function gapNotice(gaps: readonly Gap[]): string {
  const missing = gaps.reduce((sum, gap) => sum + gap.missing_bars, 0);
  const longest = gaps.reduce((most, gap) => (gap.missing_bars > most.missing_bars ? gap : most));
  const dates = `${fullTime(longest.from)} → ${fullTime(longest.to)}`;
  if (gaps.length === 1) return `1 gap in the candles, ${counted(missing, 'bar')} missing, ${dates}; nothing filled there.`;
  const size = counted(longest.missing_bars, 'bar');
  return `${counted(gaps.length, 'gap')} in the candles, ${counted(missing, 'bar')} missing, the longest ${size}, ${dates}; nothing filled there.`;
}
