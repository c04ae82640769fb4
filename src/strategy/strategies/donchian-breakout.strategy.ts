import type { Candles } from '../../domain/candles.js';
import type { SignalFrame } from '../../domain/signal.js';
import { IntegerField } from '../../schema/fields.js';
import type { IndicatorSet } from '../indicator-set.js';
import { donchianMemory } from '../indicators/donchian.js';
import { previous } from '../indicators/previous.js';
import { CONDITION_MEMORY, signalsWhen } from '../indicators/signals-when.js';
import { Strategy } from '../strategy.decorator.js';
import type { TradingStrategy } from '../trading-strategy.js';

export class DonchianBreakoutParams {
  @IntegerField({ doc: 'Bars whose highest high has to be exceeded to buy.', min: 1, max: 5000 })
  entryWindow = 20;

  @IntegerField({ doc: 'Bars whose lowest low has to be undercut to sell.', min: 1, max: 5000 })
  exitWindow = 10;
}

/**
 * The rule of the Turtles: buys where the close comes above the highest high of the bars BEFORE it, sells where it comes below the
 * lowest low of the bars before it. Compared with a channel that includes itself no close could ever break out.
 */
@Strategy({
  name: 'donchian_breakout',
  summary: 'Buy when the close exceeds the highest high of the bars before, sell when it undercuts their lowest low.',
  version: '1',
  params: DonchianBreakoutParams,
})
export class DonchianBreakoutStrategy implements TradingStrategy<DonchianBreakoutParams> {
  warmupBars({ entryWindow, exitWindow }: DonchianBreakoutParams): number {
    return donchianMemory(Math.max(entryWindow, exitWindow)) + 1 + CONDITION_MEMORY;
  }

  generateSignals({ close, length }: Candles, { entryWindow, exitWindow }: DonchianBreakoutParams, indicators: IndicatorSet): SignalFrame {
    const upper = previous(indicators.donchian(entryWindow).upper);
    const lower = previous(indicators.donchian(exitWindow).lower);
    const signals = signalsWhen({ given: [upper, lower], enter: (row) => close[row] > upper[row], leave: (row) => close[row] < lower[row] }, length);
    return { signals, indicators: { upper, lower } };
  }
}
