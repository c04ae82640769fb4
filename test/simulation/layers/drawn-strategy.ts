import type { Candles } from '../../../src/domain/candles.js';
import { listSignals, type SignalFrame } from '../../../src/domain/signal.js';
import type { BoundStrategy } from '../../../src/strategy/trading-strategy.js';
import { STRATEGY_BARS } from '../layer.js';
import { STRATEGY } from './trading-parts.js';

/** Bars that a row depends on besides its own. */
const WARMUP_BARS = STRATEGY_BARS - 1;
/** Of a thousand bars so many say buy, and as many sell. */
const SHARE = 280;

/** A strategy that trades often and means nothing: what it says follows from the digits of the last closes, so it can be computed again. */
export function drawnStrategy(): BoundStrategy {
  const frame = (candles: Candles): SignalFrame => {
    const signals = new Int8Array(candles.length);
    for (let i = WARMUP_BARS; i < candles.length; i++) {
      let hash = 0;
      for (let k = i - WARMUP_BARS; k <= i; k++) hash = (Math.imul(hash, 31) + Math.round(candles.close[k] * 100)) >>> 0;
      const draw = (Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) >>> 8) % 1000;
      signals[i] = draw < SHARE ? 1 : draw < 2 * SHARE ? -1 : 0;
    }
    return { signals, indicators: {} };
  };
  return { name: STRATEGY, version: '1', params: {}, warmupBars: WARMUP_BARS, frame, signals: (candles) => listSignals(frame(candles).signals) };
}
