import type { Candles } from '../../domain/candles.js';
import type { Kernel } from '../../domain/kernel.js';
import { listSignals, type SignalFrame, type SignalList } from '../../domain/signal.js';
import { IntegerField } from '../../schema/fields.js';
import { IndicatorSet } from '../indicator-set.js';
import { crossingIsExact, crossings, smaCrossings, TIE_MEMORY } from '../indicators/crossings.js';
import { rollingMemory } from '../indicators/rolling.js';
import { Strategy } from '../strategy.decorator.js';
import type { TradingStrategy } from '../trading-strategy.js';

export class SmaCrossParams {
  @IntegerField({ doc: 'Bars in the fast average.', min: 1, max: 5000, lessThan: 'slowWindow' })
  fastWindow = 10;

  @IntegerField({ doc: 'Bars in the slow average.', min: 2, max: 10_000 })
  slowWindow = 50;
}

/** Buys on the bar where the fast average of closes crosses above the slow one, sells where it crosses below. */
@Strategy({
  name: 'sma_cross',
  summary: 'Buy when a fast average of closes crosses above a slow one, sell when it crosses below.',
  version: '1',
  params: SmaCrossParams,
})
export class SmaCrossStrategy implements TradingStrategy<SmaCrossParams> {
  warmupBars({ slowWindow }: SmaCrossParams): number {
    return rollingMemory(slowWindow) + TIE_MEMORY + 1;
  }

  generateSignals(_candles: Candles, { fastWindow, slowWindow }: SmaCrossParams, indicators: IndicatorSet): SignalFrame {
    const fast = indicators.sma('close', fastWindow);
    const slow = indicators.sma('close', slowWindow);
    return { signals: crossings(fast, slow), indicators: { fast, slow } };
  }

  signalList(candles: Candles, params: SmaCrossParams, kernel: Kernel | null): SignalList {
    const { fastWindow, slowWindow } = params;
    const ticks = candles.ticksOf('close');
    if (ticks !== null && crossingIsExact(ticks, fastWindow, slowWindow)) {
      return kernel?.smaCrossings(candles, fastWindow, slowWindow, TIE_MEMORY) ?? smaCrossings(ticks.values, fastWindow, slowWindow);
    }
    return listSignals(this.generateSignals(candles, params, new IndicatorSet(candles)).signals);
  }
}
