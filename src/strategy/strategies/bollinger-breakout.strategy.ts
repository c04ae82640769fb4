import type { Candles } from '../../domain/candles.js';
import type { SignalFrame } from '../../domain/signal.js';
import type { IndicatorSet } from '../indicator-set.js';
import { bollingerMemory } from '../indicators/bollinger.js';
import { CONDITION_MEMORY, signalsWhen } from '../indicators/signals-when.js';
import { clearlyAbove } from '../indicators/zero.js';
import { Strategy } from '../strategy.decorator.js';
import type { TradingStrategy } from '../trading-strategy.js';
import { BollingerParams } from './bollinger-params.js';

/** Goes with an unusual rise: buys where the close comes above the upper Bollinger band, sells where it falls below the middle. */
@Strategy({
  name: 'bollinger_breakout',
  summary: 'Buy when the close breaks above the upper Bollinger band, sell when it falls below the middle.',
  version: '1',
  params: BollingerParams,
})
export class BollingerBreakoutStrategy implements TradingStrategy<BollingerParams> {
  warmupBars({ window }: BollingerParams): number {
    return bollingerMemory(window) + CONDITION_MEMORY;
  }

  generateSignals({ close, length }: Candles, { window, multiplier }: BollingerParams, indicators: IndicatorSet): SignalFrame {
    const { upper, middle, lower } = indicators.bollinger('close', window, multiplier);
    const signals = signalsWhen(
      {
        given: [upper, middle],
        enter: (row) => clearlyAbove(close[row], upper[row]),
        leave: (row) => clearlyAbove(middle[row], close[row]),
      },
      length,
    );
    return { signals, indicators: { upper, middle, lower } };
  }
}
