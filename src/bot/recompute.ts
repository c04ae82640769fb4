import { candlesSha256 } from '../data/candle-hash.js';
import type { CandleSource, DataHandler } from '../data/data-handler.js';
import { CandleDataError, ExchangeError, StrategyError } from '../domain/errors.js';
import { timeframeMs } from '../domain/timeframe.js';
import type { SignalEntity } from '../persistence/entities/signal.entity.js';
import type { BoundStrategy } from '../strategy/trading-strategy.js';
import { lastBarOf } from './last-bar.js';

/** A recorded signal, worked out again from the candles that there are now. */
export interface Recomputed {
  /** `equal`: the same in every value. `unavailable`: nobody can tell. */
  readonly result: 'equal' | 'other_candles' | 'other_signal' | 'unavailable';
  /** In words. */
  readonly words: string;
}

/** Asks the strategy again about a bar that was decided on, and compares candles, signal and indicators with what was recorded. */
export async function recompute(signal: SignalEntity, strategy: BoundStrategy, data: DataHandler, source: CandleSource): Promise<Recomputed> {
  const { symbol, timeframe, candleOpenTime } = signal;
  if (strategy.name !== signal.strategy) return { result: 'unavailable', words: `the settings name ${strategy.name}; it was decided by ${signal.strategy}` };
  const nowMs = candleOpenTime + timeframeMs(timeframe);
  try {
    const candles = await data.recent({ symbol, timeframe, source, bars: strategy.warmupBars + 1, nowMs });
    const bar = lastBarOf(strategy, candles);
    if (candlesSha256(candles) !== signal.candleHash) return { result: 'other_candles', words: `the candles, or how many of them the strategy needs, are others now; from these it says ${bar.signal}` };
    const same = bar.signal === signal.value && JSON.stringify(bar.indicators) === JSON.stringify(signal.indicators);
    return same ? { result: 'equal', words: 'the same from the same candles' } : { result: 'other_signal', words: `the same candles now give ${bar.signal} and ${JSON.stringify(bar.indicators)}: the strategy or its parameters have changed` };
  } catch (error) {
    if (!(error instanceof CandleDataError || error instanceof ExchangeError || error instanceof StrategyError)) throw error;
    return { result: 'unavailable', words: `${error.code}: ${error.message.split('\n')[0]}` };
  }
}
