import type { Candles } from '../domain/candles.js';
import type { Kernel } from '../domain/kernel.js';
import type { SignalFrame, SignalList } from '../domain/signal.js';
import type { Timeframe } from '../domain/timeframe.js';
import type { IndicatorSet } from './indicator-set.js';

/**
 * What a user writes. A strategy has no state: parameters come as an argument, so one instance serves a backtest, a sweep
 * of ten thousand parameter sets and the bot alike.
 *
 * Timing: a signal in row i is known at the close of bar i and is acted on at the open of bar i + 1.
 */
export interface TradingStrategy<P extends object = object> {
  /**
   * Bars needed BEFORE a bar for its row to be exact, bit for bit, whatever came earlier.
   *
   * @param timeframe of the bars; who looks at a longer one counts its candles in them, see `higherMemory`
   */
  warmupBars(params: P, timeframe: Timeframe): number;

  /** Pure: same columns and params, same frame. Row i may use rows <= i only. */
  generateSignals(candles: Candles, params: P, indicators: IndicatorSet): SignalFrame;

  /**
   * Optional short cut for runs that need no indicator columns: the rows that say something, exactly those of
   * `generateSignals`, worked out without the columns. Left out, `generateSignals` is used; the result is the same either way.
   *
   * @param kernel compiled code that may do the work
   */
  signalList?(candles: Candles, params: P, kernel: Kernel | null): SignalList;
}

/** A strategy with its checked parameters: what engines run. */
export interface BoundStrategy {
  readonly name: string;
  readonly version: string;
  /** In the user's spelling, defaults included. */
  readonly params: Readonly<Record<string, unknown>>;
  readonly warmupBars: number;
  /** What of a user's own file was loaded; there is none for what the application brings along. */
  readonly sha256?: string;
  frame(candles: Candles): SignalFrame;
  /** @param indicators of these very candles, for a search that asks for the same ones over and over; left out, fresh ones are made */
  signals(candles: Candles, kernel?: Kernel | null, indicators?: IndicatorSet): SignalList;
}
