import type { TradingRules } from '../../backtest/engine/simulate.js';
import type { Candles } from '../../domain/candles.js';
import { buyPrice, purchase } from '../../domain/costs.js';

/**
 * What the account would have been worth if all capital had gone into the first real open, at the same costs: the curve that ends in
 * `buy_and_hold_return`.
 *
 * @returns one value before the first bar, then one at the close of each; null where nothing could be bought
 */
export function holdCurve(candles: Candles, { initialCapital, costs, lot }: Pick<TradingRules, 'initialCapital' | 'costs' | 'lot'>): Float64Array | null {
  const first = candles.missing.indexOf(0);
  const bought = first < 0 ? null : purchase(initialCapital, buyPrice(candles.open[first], costs), costs, lot);
  if (bought === null) return null;
  const curve = new Float64Array(candles.length + 1).fill(initialCapital);
  for (let bar = first; bar < candles.length; bar++) curve[bar + 1] = initialCapital - bought.spent + bought.received * candles.close[bar];
  return curve;
}
