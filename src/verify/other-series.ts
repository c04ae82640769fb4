import { Candles } from '../domain/candles.js';
import { Random } from '../domain/random.js';

/** Rows [from, to) in memory of their own: nothing of the other rows can be reached through them. */
export function aloneInMemory(candles: Candles, from: number, to: number): Candles {
  const { openTime, open, high, low, close, volume, missing } = candles.slice(from, to);
  const columns = { openTime: openTime.slice(), open: open.slice(), high: high.slice(), low: low.slice(), close: close.slice(), volume: volume.slice() };
  return Candles.of(candles.symbol, candles.timeframe, columns, missing.slice());
}

/**
 * The same past with another future: from row `cut` on a walk of other steps and volumes that starts `startFactor` times as high.
 * Prices keep their tick where they have one.
 */
export function withOtherFuture(candles: Candles, cut: number, startFactor: number, seed: number): Candles {
  const { openTime, open, high, low, close, volume, missing } = aloneInMemory(candles, 0, candles.length);
  const random = new Random(seed);
  const scale = candles.priceScale;
  const tick = (price: number): number => (scale === null ? price : Math.max(1, Math.round(price * scale)) / scale);
  let last = candles.close[Math.max(0, cut - 1)] * startFactor;
  for (let i = cut; i < candles.length; i++) {
    const step = 1 + 0.02 * random.normal();
    open[i] = tick(last);
    close[i] = tick(last * Math.min(1.5, Math.max(0.6, step)));
    high[i] = tick(Math.max(open[i], close[i]) * (1 + 0.01 * random.float()));
    low[i] = tick(Math.min(open[i], close[i]) * (1 - 0.01 * random.float()));
    high[i] = Math.max(high[i], open[i], close[i]);
    low[i] = Math.min(low[i], open[i], close[i]);
    volume[i] = random.float() * 1000;
    missing[i] = 0;
    last = close[i];
  }
  return Candles.of(candles.symbol, candles.timeframe, { openTime, open, high, low, close, volume }, missing);
}
