import type { ResultMetrics } from '../../backtest/backtest-result.js';

const RETURNS = 'r are the simple returns of the equity curve from bar to bar, k their number, P the bars in a year of 365 days.';

/** What every figure of a result means, in the words of docs/RESULT_FORMAT.md, which a test keeps equal. */
export const DEFINITIONS: Readonly<Record<Exclude<keyof ResultMetrics, `${string}_iso`>, string>> = {
  final_equity: 'last point of the curve',
  total_return: 'last / first - 1',
  cagr: '(last / first) ^ (1 / years) - 1. The report shows it from 90 days on',
  volatility: 'deviation(r) · √P',
  sharpe: 'mean(r) / deviation(r) · √P',
  sharpe_daily: 'the same over the curve by UTC days (starting capital, then the last equity of each day; a bar belongs to the day of its open), · √365. null for bars longer than a day',
  sortino: 'mean(r) / √(Σ min(r, 0)² / k) · √P',
  calmar: 'cagr / max_drawdown',
  max_drawdown: 'largest 1 - equity / highest equity before; 0 when the curve never falls',
  max_drawdown_peak_at: 'its peak, its trough, and when the peak was reached again',
  max_drawdown_trough_at: 'its peak, its trough, and when the peak was reached again',
  max_drawdown_recovered_at: 'its peak, its trough, and when the peak was reached again',
  max_drawdown_days: 'from the peak to the recovery, or to the end where there is none',
  exposure: 'share of bars at whose close a position was open',
  total_trades: 'the one still open is in the first only',
  closed_trades: 'the one still open is in the first only',
  winning_trades: 'by profit after all costs; win_rate = winning / closed',
  losing_trades: 'by profit after all costs; win_rate = winning / closed',
  win_rate: 'by profit after all costs; win_rate = winning / closed',
  profit_factor: 'sum of profits / sum of losses of closed trades',
  expectancy: 'mean profit of a closed trade',
  sqn: "√n · mean(profit) / deviation(profit) over n closed trades (Van Tharp's system quality number)",
  best_trade: 'returns of closed trades',
  worst_trade: 'returns of closed trades',
  average_trade: 'returns of closed trades',
  average_bars_held: 'mean of bars_held over closed trades',
  longest_losing_streak: 'closed trades in a row that lost',
  fees_paid: 'sums over all trades, the open one included',
  slippage_paid: 'sums over all trades, the open one included',
  turnover: 'Σ value of a fill / equity right before it: how often the account was turned over',
  buy_and_hold_return: 'all capital into the first real open with the same fee and slippage, held to the last close',
  excess_return: 'total_return - buy_and_hold_return',
};

type Defined = keyof typeof DEFINITIONS;

/** Figures of the report by the words that stand beside them. */
const LABELS: Readonly<Record<string, Defined>> = {
  'Final equity': 'final_equity',
  'Total return': 'total_return',
  CAGR: 'cagr',
  'Buy and hold': 'buy_and_hold_return',
  'Excess over holding': 'excess_return',
  'Max drawdown': 'max_drawdown',
  fell: 'max_drawdown_peak_at',
  lasted: 'max_drawdown_days',
  'Volatility per year': 'volatility',
  Sharpe: 'sharpe',
  'Sharpe, daily': 'sharpe_daily',
  Sortino: 'sortino',
  Calmar: 'calmar',
  Total: 'total_trades',
  'Won / lost': 'winning_trades',
  'Win rate': 'win_rate',
  'Profit factor': 'profit_factor',
  Expectancy: 'expectancy',
  SQN: 'sqn',
  'Best / worst': 'best_trade',
  Average: 'average_trade',
  'Held on average': 'average_bars_held',
  'Longest losing streak': 'longest_losing_streak',
  Exposure: 'exposure',
  Fees: 'fees_paid',
  Slippage: 'slippage_paid',
  Turnover: 'turnover',
};

const ABOUT_RETURNS: readonly Defined[] = ['volatility', 'sharpe', 'sortino'];

/** What a figure means, by its label, with the letters of its formula explained; the capital needs no definition, and has none. */
export function definitionOf(label: string): string | null {
  const bare = label.replace(/[¹\s]+$/, '').trim();
  if (!Object.hasOwn(LABELS, bare)) return null;
  const key = LABELS[bare];
  return ABOUT_RETURNS.includes(key) ? `${DEFINITIONS[key]}. ${RETURNS}` : DEFINITIONS[key];
}
