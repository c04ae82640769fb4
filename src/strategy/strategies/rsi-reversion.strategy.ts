import type { Candles } from '../../domain/candles.js';
import type { SignalFrame } from '../../domain/signal.js';
import { IntegerField, NumberField } from '../../schema/fields.js';
import type { IndicatorSet } from '../indicator-set.js';
import { rsiMemory } from '../indicators/rsi.js';
import { CONDITION_MEMORY, signalsWhen } from '../indicators/signals-when.js';
import { clearlyAbove } from '../indicators/zero.js';
import { Strategy } from '../strategy.decorator.js';
import type { TradingStrategy } from '../trading-strategy.js';

export class RsiReversionParams {
  @IntegerField({ doc: 'Bars in the averages of gains and losses.', min: 1, max: 500 })
  window = 14;

  @NumberField({ doc: 'Strength below which to buy, 0 to 100.', min: 0, max: 100, lessThan: 'overbought', search: { min: 5, max: 45 } })
  oversold = 30;

  @NumberField({ doc: 'Strength above which to sell, 0 to 100.', min: 0, max: 100, search: { min: 55, max: 95 } })
  overbought = 70;
}

/** Bets on the way back: buys where the relative strength falls below `oversold`, sells where it rises above `overbought`. */
@Strategy({
  name: 'rsi_reversion',
  summary: 'Buy when the relative strength index becomes oversold, sell when it becomes overbought.',
  version: '1',
  params: RsiReversionParams,
})
export class RsiReversionStrategy implements TradingStrategy<RsiReversionParams> {
  warmupBars({ window }: RsiReversionParams): number {
    return rsiMemory(window) + CONDITION_MEMORY;
  }

  generateSignals(candles: Candles, { window, oversold, overbought }: RsiReversionParams, indicators: IndicatorSet): SignalFrame {
    const rsi = indicators.rsi('close', window);
    const signals = signalsWhen(
      {
        given: [rsi],
        enter: (row) => clearlyAbove(oversold, rsi[row], 100),
        leave: (row) => clearlyAbove(rsi[row], overbought, 100),
      },
      candles.length,
    );
    return { signals, indicators: { rsi } };
  }
}
