import { candlesSha256 } from '../data/candle-hash.js';
import type { Candles } from '../domain/candles.js';
import { toDecimal } from '../domain/decimal.js';
import { StrategyError } from '../domain/errors.js';
import type { Signal, SignalFrame } from '../domain/signal.js';
import type { DecidedCandle } from '../persistence/entities/signal.entity.js';
import type { BoundStrategy } from '../strategy/trading-strategy.js';

/** The last row of a window: what there is to decide on. */
export interface LastBar {
  /** UTC ms. */
  readonly openTime: number;
  /** UTC ms at which it closed. */
  readonly closeTime: number;
  readonly close: number;
  readonly signal: Signal;
  readonly indicators: Readonly<Record<string, number | null>>;
  readonly candle: DecidedCandle;
  /** Of the whole window. */
  readonly candleHash: string;
}

/**
 * Asks the strategy about a window, and trusts nothing that it does: what it throws, and what it writes into its input, refuses the
 * tick.
 *
 * @throws StrategyError
 */
export function lastBarOf(strategy: BoundStrategy, candles: Candles): LastBar {
  const last = candles.length - 1;
  const candleHash = candlesSha256(candles);
  const { signals, indicators } = frameOf(strategy, candles);
  if (candlesSha256(candles) !== candleHash) throw new StrategyError('STRATEGY.FRAME', `${strategy.name} changed the candles it was given; a strategy only reads them`);
  const text = (column: Float64Array): string => toDecimal(String(column[last]));
  return {
    openTime: candles.openTime[last],
    closeTime: candles.openTime[last] + candles.timeframeMs,
    close: candles.close[last],
    signal: signals[last] as Signal,
    indicators: Object.fromEntries(Object.entries(indicators).map(([name, column]) => [name, Number.isFinite(column[last]) ? column[last] : null])),
    candle: { open: text(candles.open), high: text(candles.high), low: text(candles.low), close: text(candles.close), volume: text(candles.volume) },
    candleHash,
  };
}

function frameOf(strategy: BoundStrategy, candles: Candles): SignalFrame {
  try {
    return strategy.frame(candles);
  } catch (error) {
    if (error instanceof StrategyError) throw error;
    throw new StrategyError('STRATEGY.FRAME', `${strategy.name} failed: ${error instanceof Error ? error.message : String(error)}`);
  }
}
