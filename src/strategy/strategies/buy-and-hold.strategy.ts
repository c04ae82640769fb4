import type { Candles } from '../../domain/candles.js';
import type { SignalFrame } from '../../domain/signal.js';
import { Strategy } from '../strategy.decorator.js';
import type { TradingStrategy } from '../trading-strategy.js';

export class BuyAndHoldParams {}

/**
 * The benchmark: buys at the first opportunity and never sells.
 *
 * It says so on every bar on which the price moved, since a strategy cannot know which bar is the first of a test; who is invested
 * already does not hear it. A market that never moves is not worth entering.
 */
@Strategy({
  name: 'buy_and_hold',
  summary: 'Buy as soon as the market moves and never sell: what every other strategy has to beat.',
  version: '1',
  params: BuyAndHoldParams,
})
export class BuyAndHoldStrategy implements TradingStrategy<BuyAndHoldParams> {
  /** The close before, to see whether the price moved. */
  warmupBars(): number {
    return 1;
  }

  generateSignals({ close, length }: Candles): SignalFrame {
    const signals = new Int8Array(length);
    for (let row = 1; row < length; row++) signals[row] = close[row] === close[row - 1] ? 0 : 1;
    return { signals, indicators: {} };
  }
}
