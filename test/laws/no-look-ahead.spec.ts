import fc from 'fast-check';

import type { Candles } from '../../src/domain/candles.js';
import type { SignalFrame } from '../../src/domain/signal.js';
import { firstDifference } from '../support/bits.js';
import { fetchedAlone, fromBars } from '../support/candle-builder.js';
import { draws } from '../support/draws.js';
import { boundStrategies, strategyRegistry } from '../support/strategies.js';
import { candlesOf, tapes } from '../support/tapes.js';

const registry = await strategyRegistry();

/** The first place at which the frame of a beginning is not the beginning of the frame. */
function firstLookAhead(part: SignalFrame, whole: SignalFrame, n: number): unknown {
  const names = Object.keys(whole.indicators);
  if (Object.keys(part.indicators).join() !== names.join()) return { indicators: Object.keys(part.indicators), expected: names };
  const signals = firstDifference(part.signals.subarray(0, n), whole.signals.subarray(0, n));
  if (signals !== null) return { column: 'signals', ...signals };
  for (const name of names) {
    const found = firstDifference(part.indicators[name].subarray(0, n), whole.indicators[name].subarray(0, n));
    if (found !== null) return { column: name, ...found };
  }
  return null;
}

/** Another future: from row n on every price is `times` as high (a third makes prices that are no decimals) and the bars come in reverse. */
function withOtherFuture(candles: Candles, n: number, times: number): Candles {
  const source = (i: number): number => (i < n ? i : candles.length - 1 - (i - n));
  const bars = Array.from({ length: candles.length }, (_, i) => {
    const [at, factor] = [source(i), i < n ? 1 : times];
    return {
      open: candles.open[at] * factor,
      high: candles.high[at] * factor,
      low: candles.low[at] * factor,
      close: candles.close[at] * factor,
      volume: candles.volume[at] * factor,
    };
  });
  const marks = Array.from(bars, (_, i) => candles.missing[source(i)]);
  return fromBars(bars, marks, { timeframe: candles.timeframe, firstOpenMs: candles.openTime[0], symbol: candles.symbol });
}

describe.each(registry.names())('no look-ahead: %s', (name) => {
  const strategies = boundStrategies(registry, name);

  it('gives every beginning of a series the beginning of its frame', () => {
    fc.assert(
      fc.property(strategies, tapes(), (strategy, tape) => {
        const candles = candlesOf(tape, 90);
        const whole = strategy.frame(candles);
        for (let n = 0; n <= candles.length; n++) {
          expect(firstLookAhead(strategy.frame(candles.slice(0, n)), whole, n)).toBeNull();
        }
      }),
      draws(30),
    );
  });

  it('does so on histories longer than its memory, fetched alone', () => {
    fc.assert(
      fc.property(strategies, tapes(), fc.array(fc.nat(), { minLength: 1, maxLength: 4 }), (strategy, tape, cuts) => {
        const candles = candlesOf(tape, strategy.warmupBars + 200);
        const whole = strategy.frame(candles);
        for (const cut of cuts) {
          const n = cut % (candles.length + 1);
          expect(firstLookAhead(strategy.frame(fetchedAlone(candles.slice(0, n))), whole, n)).toBeNull();
        }
      }),
      draws(30),
    );
  });

  it('says the same of the past whatever the future is', () => {
    fc.assert(
      // Integer prices, so that the other future is one of exact decimals as well.
      fc.property(strategies, tapes(0), fc.nat(), fc.constantFrom(3, 1 / 3), (strategy, tape, draw, times) => {
        const candles = candlesOf(tape, strategy.warmupBars + 120);
        const n = draw % candles.length;
        expect(firstLookAhead(strategy.frame(withOtherFuture(candles, n, times)), strategy.frame(candles), n)).toBeNull();
      }),
      draws(30),
    );
  });

  it('lists the signals of a beginning as the whole list begins', () => {
    fc.assert(
      fc.property(strategies, tapes(), fc.nat(), (strategy, tape, draw) => {
        const candles = candlesOf(tape, strategy.warmupBars + 120);
        const n = draw % candles.length;
        const whole = Array.from(strategy.signals(candles).rows).filter((row) => row < n);
        expect(Array.from(strategy.signals(candles.slice(0, n)).rows)).toEqual(whole);
      }),
      draws(30),
    );
  });
});
