import type { Candles } from '../../../src/domain/candles.js';
import { listSignals, type SignalFrame } from '../../../src/domain/signal.js';
import type { BoundStrategy } from '../../../src/strategy/trading-strategy.js';

/**
 * A strategy that says what a test wants, by the number of the bar.
 *
 * @param startMs open time of bar 0
 * @param says bar → 1 or -1; nothing for all others
 */
export function scripted(startMs: number, says: Readonly<Record<number, number>>, { warmupBars = 3, name = 'scripted', frame }: { warmupBars?: number; name?: string; frame?: (candles: Candles) => SignalFrame } = {}): BoundStrategy {
  const frameOf = (candles: Candles): SignalFrame => ({
    signals: Int8Array.from(candles.openTime, (time) => says[Math.round((time - startMs) / candles.timeframeMs)] ?? 0),
    indicators: { close: Float64Array.from(candles.close), idle: new Float64Array(candles.length).fill(NaN) },
  });
  return { name, version: '1', params: {}, warmupBars, frame: frame ?? frameOf, signals: (candles) => listSignals((frame ?? frameOf)(candles).signals) };
}
