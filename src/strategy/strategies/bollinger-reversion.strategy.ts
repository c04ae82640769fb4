import type { Candles } from '../../domain/candles.js';
import type { SignalFrame } from '../../domain/signal.js';
import type { IndicatorSet } from '../indicator-set.js';
import { bollingerMemory } from '../indicators/bollinger.js';
import { CONDITION_MEMORY, signalsWhen } from '../indicators/signals-when.js';
import { clearlyAbove } from '../indicators/zero.js';
import { Strategy } from '../strategy.decorator.js';
import type { TradingStrategy } from '../trading-strategy.js';
import { BollingerParams } from './bollinger-params.js';

/** Bets on the way back: buys where the close falls below the lower Bollinger band, sells where it comes above the middle. */
@Strategy({
  name: 'bollinger_reversion',
  summary: 'Buy when the close falls below the lower Bollinger band, sell when it is back above the middle.',
  version: '1',
  params: BollingerParams,
})
export class BollingerReversionStrategy implements TradingStrategy<BollingerParams> {
  warmupBars({ window }: BollingerParams): number {
    return bollingerMemory(window) + CONDITION_MEMORY;
  }

  generateSignals({ close, length }: Candles, { window, multiplier }: BollingerParams, indicators: IndicatorSet): SignalFrame {
    const { upper, middle, lower } = indicators.bollinger('close', window, multiplier);
    const signals = signalsWhen(
      {
        given: [middle, lower],
        enter: (row) => clearlyAbove(lower[row], close[row], close[row]),
        leave: (row) => clearlyAbove(close[row], middle[row]),
      },
      length,
    );
    return { signals, indicators: { upper, middle, lower } };
  }
}
