import type { DataQuality } from '../data/data-quality.js';
import type { Timeframe } from '../domain/timeframe.js';

/** A backtest as it is saved and shown: snake_case, fractions instead of percents, times in epoch milliseconds with an ISO twin. */
export interface BacktestResult {
  readonly manifest: Manifest;
  /** The whole resolved configuration, without secrets. */
  readonly config: Readonly<Record<string, unknown>>;
  /** Parameters of the strategy, defaults included. */
  readonly params: Readonly<Record<string, unknown>>;
  readonly metrics: ResultMetrics;
  readonly trades: readonly ResultTrade[];
  /** Starting capital at the open of the first bar, then the equity at every bar's close. */
  readonly equity_curve: readonly EquityPoint[];
  readonly gaps: readonly Gap[];
  readonly warnings: readonly string[];
}

/** Everything that is needed to run it again and to see whether it is still the same. */
export interface Manifest {
  readonly format: 1;
  /** When the run was made; the one thing that differs between two runs of the same. */
  readonly created_at: number;
  readonly created_at_iso: string;
  readonly engine_version: string;
  readonly strategy: string;
  readonly strategy_version: string;
  /** Of a user's own strategy what of its file was run; null for those that the application brings along. */
  readonly strategy_sha256: string | null;
  readonly symbol: string;
  readonly timeframe: Timeframe;
  /** Open of the first tested bar. */
  readonly start: number;
  readonly start_iso: string;
  /** Close of the last tested bar. */
  readonly end: number;
  readonly end_iso: string;
  readonly bars: number;
  /** Bars before the first tested one that the indicators could use, and how many the strategy asks for. */
  readonly warmup_bars: number;
  readonly warmup_bars_needed: number;
  readonly source: 'exchange' | 'built-in';
  /** False for the built-in market: those candles are made up. */
  readonly real_data: boolean;
  readonly seed: number;
  readonly fill: string;
  /** SHA-256 over all candles that the run used, warm-up included. */
  readonly candles_sha256: string;
  /** Two bytes for each of them, base64: which one has changed when the hash is another. */
  readonly candle_checks: string;
  /** What the doctor says of those candles. */
  readonly data_quality: DataQuality;
  /** Parameters given on the command line. */
  readonly overridden_params: readonly string[];
}

export interface ResultMetrics {
  readonly final_equity: number;
  readonly total_return: number;
  readonly cagr: number | null;
  readonly volatility: number | null;
  readonly sharpe: number | null;
  readonly sharpe_daily: number | null;
  readonly sortino: number | null;
  readonly calmar: number | null;
  readonly max_drawdown: number;
  readonly max_drawdown_peak_at: number | null;
  readonly max_drawdown_peak_at_iso: string | null;
  readonly max_drawdown_trough_at: number | null;
  readonly max_drawdown_trough_at_iso: string | null;
  readonly max_drawdown_recovered_at: number | null;
  readonly max_drawdown_recovered_at_iso: string | null;
  /** From the peak to the recovery, or to the end where there is none. */
  readonly max_drawdown_days: number | null;
  readonly exposure: number;
  readonly total_trades: number;
  readonly closed_trades: number;
  readonly winning_trades: number;
  readonly losing_trades: number;
  readonly win_rate: number | null;
  readonly profit_factor: number | null;
  /** Mean profit of a closed trade, quote currency. */
  readonly expectancy: number | null;
  readonly sqn: number | null;
  /** Returns of closed trades, as fractions of what was spent. */
  readonly best_trade: number | null;
  readonly worst_trade: number | null;
  readonly average_trade: number | null;
  readonly average_bars_held: number | null;
  readonly longest_losing_streak: number;
  readonly fees_paid: number;
  readonly slippage_paid: number;
  readonly turnover: number;
  readonly buy_and_hold_return: number | null;
  readonly excess_return: number | null;
}

/** One round trip; what has not happened yet is null. */
export interface ResultTrade {
  /** When the entry filled. */
  readonly entry_time: number;
  readonly entry_time_iso: string;
  readonly entry_price: number;
  readonly exit_time: number | null;
  readonly exit_time_iso: string | null;
  readonly exit_price: number | null;
  /** Coins bought, before any fee. */
  readonly quantity: number;
  /** Quote currency, both sides so far. */
  readonly fees: number;
  readonly slippage: number;
  /** After all costs, quote currency. */
  readonly pnl: number | null;
  /** pnl / what was spent at the entry */
  readonly return: number | null;
  readonly bars_held: number | null;
}

export interface EquityPoint {
  readonly time: number;
  readonly equity: number;
}

/** A stretch for which there are no candles: nothing was filled there. */
export interface Gap {
  /** Open of the first missing bar, and of the first real one after it. */
  readonly from: number;
  readonly from_iso: string;
  readonly to: number;
  readonly to_iso: string;
  readonly missing_bars: number;
}
