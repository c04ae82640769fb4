import type { Candles } from '../../domain/candles.js';
import type { SignalFrame } from '../../domain/signal.js';
import { IntegerField, NumberField } from '../../schema/fields.js';
import type { IndicatorSet } from '../indicator-set.js';
import { supertrendMemory } from '../indicators/supertrend.js';
import { Strategy } from '../strategy.decorator.js';
import type { TradingStrategy } from '../trading-strategy.js';

export class SupertrendFollowParams {
  @IntegerField({ doc: 'Bars in the average true range.', min: 1, max: 500 })
  window = 10;

  @NumberField({ doc: 'Average true ranges from the middle of a bar to each band.', min: 0, max: 20, above: true })
  multiplier = 3;
}

/**
 * Buys on the close that turns the Supertrend up, sells on the close that turns it down.
 *
 * The Supertrend depends on its path, so here the path is part of the definition: it is derived afresh from a bounded number of bars
 * (see `supertrend`). That makes the declared warm-up enough, bit for bit, and a trend older than that is one that began falling.
 */
@Strategy({
  name: 'supertrend_follow',
  summary: 'Buy when the Supertrend turns up, sell when it turns down.',
  version: '1',
  params: SupertrendFollowParams,
})
export class SupertrendFollowStrategy implements TradingStrategy<SupertrendFollowParams> {
  warmupBars({ window }: SupertrendFollowParams): number {
    return supertrendMemory(window);
  }

  generateSignals(_candles: Candles, { window, multiplier }: SupertrendFollowParams, indicators: IndicatorSet): SignalFrame {
    const { line, direction, turns } = indicators.supertrend(window, multiplier);
    return { signals: turns, indicators: { supertrend: line, direction } };
  }
}
