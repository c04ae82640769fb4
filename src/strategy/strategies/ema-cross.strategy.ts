import type { Candles } from '../../domain/candles.js';
import type { SignalFrame } from '../../domain/signal.js';
import { IntegerField } from '../../schema/fields.js';
import type { IndicatorSet } from '../indicator-set.js';
import { emaMemory } from '../indicators/ema.js';
import { CONDITION_MEMORY, signalsWhen } from '../indicators/signals-when.js';
import { clearlyAbove } from '../indicators/zero.js';
import { Strategy } from '../strategy.decorator.js';
import type { TradingStrategy } from '../trading-strategy.js';

export class EmaCrossParams {
  @IntegerField({ doc: 'Bars in the fast average.', min: 1, max: 1000, lessThan: 'slowWindow' })
  fastWindow = 12;

  @IntegerField({ doc: 'Bars in the slow average.', min: 2, max: 2000 })
  slowWindow = 26;
}

/**
 * Buys where the fast exponential average of closes comes to stand above the slow one, sells where it comes to stand below.
 *
 * Averages that differ by less than rounding count as equal: in a market that stands still both end on its price, a last digit apart.
 */
@Strategy({
  name: 'ema_cross',
  summary: 'Buy when a fast exponential average of closes rises above a slow one, sell when it falls below.',
  version: '1',
  params: EmaCrossParams,
})
export class EmaCrossStrategy implements TradingStrategy<EmaCrossParams> {
  warmupBars({ slowWindow }: EmaCrossParams): number {
    return emaMemory(slowWindow) + CONDITION_MEMORY;
  }

  generateSignals(candles: Candles, { fastWindow, slowWindow }: EmaCrossParams, indicators: IndicatorSet): SignalFrame {
    const fast = indicators.ema('close', fastWindow);
    const slow = indicators.ema('close', slowWindow);
    const signals = signalsWhen(
      {
        given: [fast, slow],
        enter: (row) => clearlyAbove(fast[row], slow[row]),
        leave: (row) => clearlyAbove(slow[row], fast[row]),
      },
      candles.length,
    );
    return { signals, indicators: { fast, slow } };
  }
}
