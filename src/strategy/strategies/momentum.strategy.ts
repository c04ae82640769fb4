import type { Candles } from '../../domain/candles.js';
import type { SignalFrame } from '../../domain/signal.js';
import { IntegerField, NumberField } from '../../schema/fields.js';
import type { IndicatorSet } from '../indicator-set.js';
import { rocMemory } from '../indicators/roc.js';
import { rollingMemory } from '../indicators/rolling.js';
import { CONDITION_MEMORY, signalsWhen } from '../indicators/signals-when.js';
import { clearlyAbove } from '../indicators/zero.js';
import { Strategy } from '../strategy.decorator.js';
import type { TradingStrategy } from '../trading-strategy.js';

export class MomentumParams {
  @IntegerField({ doc: 'Bars over which the rate of change is taken.', min: 1, max: 5000 })
  window = 24;

  @NumberField({ doc: 'Rise over the window that is needed to buy, per cent.', min: 0, max: 1000, search: { max: 20 } })
  minRise = 2;

  @IntegerField({ doc: 'Bars in the average that tells the trend.', min: 1, max: 10_000 })
  trendWindow = 100;
}

/** Buys where prices have risen enough while they are above their trend, sells where they have fallen or are below it. */
@Strategy({
  name: 'momentum',
  summary: 'Buy after a rise above the long average, sell when the rise is lost or the close is below that average.',
  version: '1',
  params: MomentumParams,
})
export class MomentumStrategy implements TradingStrategy<MomentumParams> {
  warmupBars({ window, trendWindow }: MomentumParams): number {
    return Math.max(rocMemory(window), rollingMemory(trendWindow)) + CONDITION_MEMORY;
  }

  generateSignals({ close, length }: Candles, { window, minRise, trendWindow }: MomentumParams, indicators: IndicatorSet): SignalFrame {
    const rise = indicators.roc('close', window);
    const trend = indicators.sma('close', trendWindow);
    const signals = signalsWhen(
      {
        given: [rise, trend],
        enter: (row) => clearlyAbove(rise[row], minRise, 100) && clearlyAbove(close[row], trend[row]),
        leave: (row) => clearlyAbove(0, rise[row], 100) || clearlyAbove(trend[row], close[row]),
      },
      length,
    );
    return { signals, indicators: { rise, trend } };
  }
}
