import { TIMEFRAMES, type Timeframe } from '../../src/domain/timeframe.js';
import {
  barsPerCandle,
  clearlyAbove,
  CONDITION_MEMORY,
  emaMemory,
  higherMemory,
  IntegerField,
  rollingMemory,
  rsiMemory,
  signalsWhen,
  Strategy,
  supertrendMemory,
  type Candles,
  type IndicatorSet,
  type SignalFrame,
  type TradingStrategy,
} from '../../src/strategy/kit.js';

export class HigherTrendParams {
  @IntegerField({ doc: 'Candles in every average.', min: 2, max: 8 })
  window = 3;
}

/** The next timeframe that bars of this one make up; its own where there is none. */
export function longerThan(base: Timeframe): Timeframe {
  const fits = (longer: Timeframe): boolean => {
    try {
      return barsPerCandle(base, longer) > 1;
    } catch {
      return false;
    }
  };
  return TIMEFRAMES.find(fits) ?? base;
}

/** Looks at a longer timeframe in every way that there is. */
@Strategy({ name: 'higher_trend', summary: 'Buy while the close is above the average of a longer timeframe.', version: '1', params: HigherTrendParams })
export class HigherTrendStrategy implements TradingStrategy<HigherTrendParams> {
  warmupBars({ window }: HigherTrendParams, timeframe: Timeframe): number {
    const memory = Math.max(rollingMemory(window), emaMemory(window), rsiMemory(window), supertrendMemory(window));
    return higherMemory(memory, longerThan(timeframe), timeframe) + CONDITION_MEMORY;
  }

  generateSignals(candles: Candles, { window }: HigherTrendParams, indicators: IndicatorSet): SignalFrame {
    const higher = indicators.at(longerThan(candles.timeframe));
    const { close, high } = candles.at(longerThan(candles.timeframe));
    const average = higher.sma('close', window);
    const { upper } = higher.bollinger('close', window, 2);
    const { direction } = higher.supertrend(window, 3);
    const columns = { close, high, average, upper, direction, ema: higher.ema('close', window), rsi: higher.rsi('close', window) };
    const signals = signalsWhen(
      {
        given: Object.values(columns),
        enter: (row) => clearlyAbove(candles.close[row], average[row]),
        leave: (row) => clearlyAbove(average[row], candles.close[row]),
      },
      candles.length,
    );
    return { signals, indicators: columns };
  }
}
