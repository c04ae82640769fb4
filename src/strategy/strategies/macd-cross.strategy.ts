import type { Candles } from '../../domain/candles.js';
import type { SignalFrame } from '../../domain/signal.js';
import { IntegerField } from '../../schema/fields.js';
import type { IndicatorSet } from '../indicator-set.js';
import { macdMemory } from '../indicators/macd.js';
import { CONDITION_MEMORY, signalsWhen } from '../indicators/signals-when.js';
import { clearlyAbove } from '../indicators/zero.js';
import { Strategy } from '../strategy.decorator.js';
import type { TradingStrategy } from '../trading-strategy.js';

export class MacdCrossParams {
  @IntegerField({ doc: 'Bars in the fast average.', min: 1, max: 500, lessThan: 'slowWindow' })
  fastWindow = 12;

  @IntegerField({ doc: 'Bars in the slow average.', min: 2, max: 1000 })
  slowWindow = 26;

  @IntegerField({ doc: 'Bars in the average of the MACD line.', min: 1, max: 500 })
  signalWindow = 9;
}

/**
 * Buys where the MACD line comes to stand above its signal line, sells where it comes to stand below.
 *
 * Both are differences of prices, so what counts as equal is measured against the price and not against them.
 */
@Strategy({
  name: 'macd_cross',
  summary: 'Buy when the MACD line rises above its signal line, sell when it falls below.',
  version: '1',
  params: MacdCrossParams,
})
export class MacdCrossStrategy implements TradingStrategy<MacdCrossParams> {
  warmupBars({ slowWindow, signalWindow }: MacdCrossParams): number {
    return macdMemory(slowWindow, signalWindow) + CONDITION_MEMORY;
  }

  generateSignals(candles: Candles, { fastWindow, slowWindow, signalWindow }: MacdCrossParams, indicators: IndicatorSet): SignalFrame {
    const { line, signal, histogram } = indicators.macd('close', fastWindow, slowWindow, signalWindow);
    const { close } = candles;
    const signals = signalsWhen(
      {
        given: [line, signal],
        enter: (row) => clearlyAbove(line[row], signal[row], close[row]),
        leave: (row) => clearlyAbove(signal[row], line[row], close[row]),
      },
      candles.length,
    );
    return { signals, indicators: { macd: line, signal, histogram } };
  }
}
