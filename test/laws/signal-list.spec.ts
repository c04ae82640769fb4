import fc from 'fast-check';

import type { Candles } from '../../src/domain/candles.js';
import { listSignals } from '../../src/domain/signal.js';
import { draws } from '../support/draws.js';
import { boundStrategies, strategyRegistry } from '../support/strategies.js';
import { candlesOf, tapes, withoutDecimals } from '../support/tapes.js';

const registry = await strategyRegistry();

describe.each(registry.names())('signal list: %s', (name) => {
  it.each([
    { prices: 'decimal prices', of: (candles: Candles) => candles },
    { prices: 'prices that are no decimals', of: withoutDecimals },
  ])('names the rows of the frame that say something, on $prices', ({ of }) => {
    fc.assert(
      fc.property(boundStrategies(registry, name), tapes(), fc.nat(1500), (strategy, tape, bars) => {
        const candles = of(candlesOf(tape, bars));
        const { signals } = strategy.frame(candles);
        expect(strategy.signals(candles)).toEqual(listSignals(signals));
        expect([...new Set(signals)].filter((value) => ![-1, 0, 1].includes(value))).toEqual([]);
      }),
      draws(60),
    );
  });
});
