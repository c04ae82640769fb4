import type { Candles } from '../../domain/candles.js';
import type { BoundStrategy } from '../../strategy/trading-strategy.js';
import type { PriceView } from './page-model.js';

/**
 * What is drawn of the market: the tested candles, and the strategy's indicators on the same rows.
 *
 * @param history candles from the warm-up on
 * @param from row of the first tested one
 * @param strategy null where it is not to be had: then there are no indicators
 */
export function priceView(history: Candles, from: number, strategy: Pick<BoundStrategy, 'frame'> | null): PriceView {
  const indicators = strategy === null ? {} : strategy.frame(history).indicators;
  return {
    candles: history.slice(from),
    indicators: Object.fromEntries(Object.entries(indicators).map(([name, values]) => [name, values.subarray(from)])),
  };
}
